// Ids are text. A row may hold anything else all the same: to SQLite even a key of text may be null or a blob.

/** For `WHERE`: a row without an id can neither be named nor hold messages. */
export const HAS_ID = "typeof(id) = 'text'";

/** What is no id names no parent. */
export const PARENT_ID = "CASE typeof(parent_id) WHEN 'text' THEN parent_id END AS parentId";
