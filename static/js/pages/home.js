import { wireFrame } from "../views/frame.js";

wireFrame();
