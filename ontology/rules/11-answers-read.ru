# What an answer comes to: what nobody reviews is not reviewed, and what is so for none is not so. Where a yes is no good answer, it
# stands, whoever reviews it. A length of time in days. And what nobody has seen: its source thinks it likely, or it stands in a written
# rule alone.
PREFIX hrge: <https://w3id.org/hrge/ns#>
PREFIX c: <https://w3id.org/hrge/id/concept/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
INSERT { ?statement hrge:says c:no }
WHERE {
  ?statement hrge:holds ?holds . FILTER(?holds IN (c:yes, c:in-part))
  FILTER(EXISTS { ?statement hrge:reviewer/hrge:meansNone true . ?programme ?aspect ?statement . ?aspect hrge:asksReviewer|hrge:wanted ?good . FILTER(?good IN (true, c:yes)) } || EXISTS { ?statement hrge:quantityUnit/hrge:countsThings true ; hrge:quantity ?none . FILTER(?none = 0) })
} ;
INSERT { ?statement hrge:says ?holds } WHERE { ?statement hrge:holds ?holds . FILTER NOT EXISTS { ?statement hrge:says ?read } } ;
INSERT { ?statement hrge:days ?days }
WHERE { ?statement hrge:quantity ?number ; hrge:quantityUnit/hrge:inDays ?each . BIND(xsd:decimal(?number) * ?each AS ?days) } ;
INSERT { ?statement hrge:_unseen true } WHERE { ?statement hrge:statedBy c:presumption } ;
INSERT { ?statement hrge:_unseen true }
WHERE { ?statement hrge:statedBy c:written-rule . FILTER NOT EXISTS { ?statement hrge:statedBy ?witness . FILTER(?witness != c:written-rule) } }
