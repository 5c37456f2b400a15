declare var Plotly: {
  react(element: HTMLElement, data: object[], layout: object, config: object): Promise<void>;
  relayout(element: HTMLElement, change: object): Promise<void>;
  purge(element: HTMLElement): void;
  toImage(element: HTMLElement, options: object): Promise<string>;
};
declare var SwaggerUIBundle: any;
