-- 4. In which settings is what of concern?
-- For each thing that programmes state about themselves, the three norms that are most often of
-- concern there. `programmes` counts all programmes of the setting.
WITH stated AS (
  SELECT DISTINCT file, programme, unnest(setting) AS fact FROM results WHERE norm IS NOT NULL
), settings AS (
  SELECT fact.dimension AS dimension, fact.value AS value, count(*) AS programmes
  FROM stated GROUP BY ALL
), concerns AS (
  SELECT
    fact.dimension AS dimension,
    fact.value AS value,
    norm,
    any_value(label) AS label,
    count(*) AS programmesOfConcern,
    min((topicRank, page, normLine, norm)) AS place
  FROM stated JOIN overall USING (file, programme)
  WHERE outcome = 'concern'
  GROUP BY ALL
)
SELECT dimension, value, label, programmesOfConcern, programmes, norm
FROM concerns JOIN settings USING (dimension, value)
QUALIFY row_number() OVER (
  PARTITION BY dimension, value ORDER BY programmesOfConcern DESC, place
) <= 3
ORDER BY dimension, value, programmesOfConcern DESC, place
