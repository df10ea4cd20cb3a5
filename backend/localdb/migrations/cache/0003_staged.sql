-- A snapshot on its way is a scope of its own, with rows, lists and search of its
-- own: the old copy stays readable meanwhile, and takes its place in one moment.
ALTER TABLE scope ADD COLUMN why TEXT NOT NULL DEFAULT '';       -- of a staged one: why everything is fetched
ALTER TABLE scope ADD COLUMN after_t TEXT NOT NULL DEFAULT '';   -- of a staged one: the last row that is here
ALTER TABLE scope ADD COLUMN after_id TEXT NOT NULL DEFAULT '';
ALTER TABLE scope ADD COLUMN arrived INTEGER NOT NULL DEFAULT 0; -- of a staged one: rows that are here
ALTER TABLE scope ADD COLUMN total INTEGER NOT NULL DEFAULT 0;   -- of a staged one: rows that were counted
