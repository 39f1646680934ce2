import java.io.File;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.semanticweb.owlapi.apibinding.OWLManager;
import org.semanticweb.owlapi.formats.RDFXMLDocumentFormat;
import org.semanticweb.owlapi.formats.TurtleDocumentFormat;
import org.semanticweb.owlapi.io.FileDocumentSource;
import org.semanticweb.owlapi.io.RDFParserMetaData;
import org.semanticweb.owlapi.io.RDFTriple;
import org.semanticweb.owlapi.model.IRI;
import org.semanticweb.owlapi.model.MissingImportHandlingStrategy;
import org.semanticweb.owlapi.model.OWLDocumentFormat;
import org.semanticweb.owlapi.model.OWLOntology;
import org.semanticweb.owlapi.model.OWLOntologyCreationException;
import org.semanticweb.owlapi.model.OWLOntologyLoaderConfiguration;
import org.semanticweb.owlapi.model.OWLOntologyManager;
import org.semanticweb.owlapi.profiles.OWL2DLProfile;
import org.semanticweb.owlapi.profiles.OWLProfileViolation;

/**
 * Checks RDF files, each by itself, against the OWL 2 DL profile.
 *
 * <p>Prints each violation on a line of its own, then one closing line per file. Exits 0 when every file is
 * in the profile, 1 when one is not, 2 when one could not be loaded (or none was given).
 */
public final class CheckProfile {
    private static final int IN_PROFILE = 0;
    private static final int NOT_IN_PROFILE = 1;
    private static final int NOT_LOADED = 2;

    private static final IRI NOWHERE = IRI.create("file:///nonexistent/import");

    private CheckProfile() {}

    public static void main(String[] files) {
        if (files.length == 0) {
            System.err.println("usage: CheckProfile FILE.(nt|ttl|rdf|owl)...");
            System.exit(NOT_LOADED);
        }
        int worst = IN_PROFILE;
        for (String file : files) {
            worst = Math.max(worst, check(new File(file)));
        }
        System.exit(worst);
    }

    private static int check(File file) {
        OWLOntology ontology;
        try {
            ontology = load(file);
        } catch (OWLOntologyCreationException | RuntimeException e) {
            System.err.println(file + ": not loaded: " + e);
            return NOT_LOADED;
        }
        // Sorted, so that two runs can be compared.
        TreeSet<String> lines = new TreeSet<>();
        for (OWLProfileViolation violation : new OWL2DLProfile().checkOntology(ontology).getViolations()) {
            lines.add(oneLine(violation.getClass().getSimpleName() + ": " + violation));
        }
        // The parser drops triples that make up no axiom (half a restriction, say): the profile check never
        // sees them.
        unparsed(ontology).forEach(triple -> lines.add(oneLine("UnparsedTriple: " + triple)));
        lines.forEach(System.out::println);
        System.out.println(file + ": " + ontology.getAxiomCount() + " axioms, " + lines.size()
            + " OWL 2 DL violations");
        return lines.isEmpty() ? IN_PROFILE : NOT_IN_PROFILE;
    }

    private static OWLOntology load(File file) throws OWLOntologyCreationException {
        OWLOntologyManager manager = OWLManager.createOWLOntologyManager();
        // SILENT alone would still look each import up on the Web before it is left out, so every import is
        // sent to a file that isn't there.
        manager.getIRIMappers().set(imported -> NOWHERE);
        OWLOntologyLoaderConfiguration config = new OWLOntologyLoaderConfiguration()
            .setFollowRedirects(false)
            .setMissingImportHandlingStrategy(MissingImportHandlingStrategy.SILENT);
        return manager.loadOntologyFromOntologyDocument(new FileDocumentSource(file, format(file)), config);
    }

    private static Stream<RDFTriple> unparsed(OWLOntology ontology) {
        RDFParserMetaData data = (RDFParserMetaData) ontology.getNonnullFormat().getOntologyLoaderMetaData()
            .orElseThrow(() -> new IllegalStateException("the parser does not say which triples it dropped"));
        return data.getUnparsedTriples();
    }

    /** The format by the file's name: left to guess, OWLAPI tries a broken Turtle file as other syntaxes. */
    private static OWLDocumentFormat format(File file) {
        String name = file.getName().toLowerCase(Locale.ROOT);
        if (name.endsWith(".nt") || name.endsWith(".ttl")) {
            return new TurtleDocumentFormat(); // N-Triples is a subset of Turtle
        }
        if (name.endsWith(".rdf") || name.endsWith(".owl")) {
            return new RDFXMLDocumentFormat();
        }
        throw new IllegalArgumentException("unknown file extension");
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\s+", " ");
    }
}
