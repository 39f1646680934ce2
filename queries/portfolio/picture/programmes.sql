-- The programmes in the order of their files.
SELECT file, programme, any_value(title) AS title FROM overall GROUP BY ALL ORDER BY ALL
