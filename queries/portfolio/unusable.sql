-- 8. Which files cannot be used?
-- They are in none of the numbers above.
SELECT file, error FROM results WHERE error IS NOT NULL ORDER BY file
