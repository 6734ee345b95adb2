import { startChart } from "./page/chart-places.js";
import { startPage } from "./page/start-page.js";

const store = startPage();
// After the page was painted: it can be read before it can be played with.
requestAnimationFrame(() => setTimeout(() => void startChart(store)));
