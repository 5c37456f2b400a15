"""The only FastAPI and Starlette; nobody imports it: routes, middleware, problems, assets, stations."""
