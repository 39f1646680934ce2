-- 3. Where is each norm of concern?
-- One row for each norm and programme, norms in the order of the first table, programmes in the
-- order of their files. `line` and `key` lead to the first answer behind it.
WITH often AS (
  SELECT norm, count(*) AS programmes FROM overall WHERE outcome = 'concern' GROUP BY norm
)
SELECT
  any_value(label) AS label,
  any_value(title) AS title,
  string_agg(DISTINCT "group", '; ' ORDER BY "group") AS groups,
  file,
  arg_min(line, coalesce(line, 0)) AS line,
  arg_min(key, coalesce(line, 0)) AS key,
  programme,
  norm
FROM results JOIN often USING (norm)
WHERE outcome = 'concern'
GROUP BY file, programme, norm
ORDER BY
  any_value(often.programmes) DESC,
  any_value(topicRank), any_value(page), any_value(normLine), norm, file, programme
