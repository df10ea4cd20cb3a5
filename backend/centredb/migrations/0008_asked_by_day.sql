-- Questions are counted for each customer too, and forgotten by the day.
CREATE INDEX asked_by_day ON asked (day);
