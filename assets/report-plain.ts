import { startPage } from "./page/start-page.js";

// The script of a page that has no chart.
startPage();
