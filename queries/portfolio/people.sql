-- 5. For whom is what of concern?
-- For each kind of people in the groups, the three norms that are most often of concern for them.
-- `programmes` counts all programmes with a group of such people.
WITH stated AS (
  SELECT file, programme, norm, label, topicRank, page, normLine, outcome, unnest(people) AS fact
  FROM results WHERE norm IS NOT NULL
), kinds AS (
  SELECT
    fact.dimension AS dimension,
    fact.value AS value,
    count(DISTINCT (file, programme)) AS programmes
  FROM stated GROUP BY ALL
), concerns AS (
  SELECT
    fact.dimension AS dimension,
    fact.value AS value,
    norm,
    any_value(label) AS label,
    count(DISTINCT (file, programme)) AS programmesOfConcern,
    min((topicRank, page, normLine, norm)) AS place
  FROM stated
  WHERE outcome = 'concern'
  GROUP BY ALL
)
SELECT dimension, value, label, programmesOfConcern, programmes, norm
FROM concerns JOIN kinds USING (dimension, value)
QUALIFY row_number() OVER (
  PARTITION BY dimension, value ORDER BY programmesOfConcern DESC, place
) <= 3
ORDER BY dimension, value, programmesOfConcern DESC, place
