import { startCollection } from "./collection/start-collection.js";

// The script of a page of several sessions.
startCollection();
