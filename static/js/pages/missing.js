import { wireFrame } from "../controls/frame.js";

wireFrame();
