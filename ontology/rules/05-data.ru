# What follows from the data as written: chapeaux, authority, parts, flat citations, facts, classes of sentences.
PREFIX hrge: <https://w3id.org/hrge/ns#>
PREFIX c: <https://w3id.org/hrge/id/concept/>
PREFIX cito: <http://purl.org/spar/cito/>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
# an item that a chapeau governs has its wording; whatever stands under it has its addressees
INSERT { ?norm hrge:wording ?wording } WHERE { ?norm hrge:governedBy/hrge:wording ?wording } ;
INSERT { ?norm hrge:addressee ?party } WHERE { ?norm hrge:governedBy|hrge:placedUnder ?chapeau . ?chapeau hrge:addressee ?party } ;
INSERT { ?norm hrge:conditionalAddressee ?party } WHERE { ?norm hrge:governedBy|hrge:placedUnder ?chapeau . ?chapeau hrge:conditionalAddressee ?party } ;
# who bears it, where nobody wrote it: those addressed; an exemption binds nobody
INSERT { ?norm hrge:bearer ?party } WHERE { ?norm a hrge:Norm ; hrge:addressee|hrge:conditionalAddressee ?party . FILTER NOT EXISTS { ?norm hrge:bearer ?written } FILTER NOT EXISTS { ?norm hrge:operator c:exempts } } ;
# parts
INSERT { ?part hrge:ofDocument ?document } WHERE { ?part a hrge:Provision ; hrge:partOf+ ?document . ?document hrge:force ?force } ;
INSERT { ?document hrge:documentKind ?kind } WHERE { ?document a ?class . ?kind skos:exactMatch ?class . FILTER EXISTS { ?document hrge:force ?force } } ;
# force: of the authority that the source cites; that of the source's own document where it cites none
INSERT { ?norm hrge:force ?force } WHERE { ?norm a hrge:Norm ; hrge:restsOn/hrge:partOf* ?document . ?document hrge:force ?force } ;
INSERT { ?norm hrge:force ?force } WHERE { ?norm a hrge:Norm ; hrge:anchor/hrge:inSource/hrge:textOf/hrge:force ?force . FILTER NOT EXISTS { ?norm hrge:restsOn ?authority } } ;
# facts that were read somewhere become plain properties; unverified ones stay facts
INSERT { ?thing ?property ?value }
WHERE { ?thing hrge:fact ?fact . ?fact hrge:states ?property ; hrge:value ?value ; hrge:verification ?mark . FILTER(?mark != c:unverified) } ;
# citations: flat edges, and the passages that carry them
INSERT { ?citation hrge:citing ?passage } WHERE { ?citation a hrge:Citation ; hrge:anchor/hrge:inPassage ?passage } ;
INSERT { ?norm hrge:cites ?cited } WHERE { ?citation a hrge:Citation ; hrge:supports ?norm ; hrge:cited ?cited } ;
INSERT { ?norm hrge:cites ?cited } WHERE { ?norm a hrge:Norm ; hrge:restsOn|hrge:mentions ?cited } ;
INSERT { ?citation a cito:Citation ; cito:hasCitingEntity ?citing ; cito:hasCitedEntity ?cited } WHERE { ?citation a hrge:Citation ; hrge:citing ?citing ; hrge:cited ?cited } ;
# the authority is a publication about the instrument that the words speak of
INSERT { ?norm hrge:secondarySupport ?authority }
WHERE { ?norm hrge:mentions ?instrument ; hrge:restsOn ?authority . ?instrument hrge:partOf*/hrge:force ?binding . FILTER(?binding IN (c:treaty, c:judgment))
  ?authority hrge:partOf*/hrge:force ?weaker . FILTER(?weaker NOT IN (c:treaty, c:judgment)) } ;
# sentences: those that a norm, or the chapeau that governs it, quotes, whole or in part; the others as their note says
INSERT { ?sentence hrge:sentenceClass c:class-normative } WHERE { ?norm a hrge:Norm ; hrge:governedBy?/hrge:anchor/hrge:inPassage ?sentence . ?sentence hrge:passageKind c:sentence } ;
INSERT { ?sentence hrge:sentenceClass ?class ; hrge:reason ?reason }
WHERE { ?note a hrge:SentenceNote ; hrge:sentenceClass ?class ; hrge:reason ?reason ; hrge:anchor/hrge:inPassage ?sentence . ?sentence hrge:passageKind c:sentence } ;
INSERT { ?sentence hrge:whyNoNorm ?why }
WHERE { ?note a hrge:SentenceNote ; hrge:whyNoNorm ?why ; hrge:anchor/hrge:inPassage ?sentence . ?sentence hrge:passageKind c:sentence } ;
# modal and deontic words, between characters that are no letters (the bare pattern first: a store makes it ready much faster)
INSERT { ?sentence hrge:deonticWord ?word }
WHERE { ?sentence hrge:passageKind c:sentence ; hrge:text ?text . ?word hrge:pattern ?pattern .
  FILTER(REGEX(LCASE(?text), ?pattern) && REGEX(LCASE(?text), CONCAT("(^|[^a-z])(", ?pattern, ")($|[^a-z])"))) }
