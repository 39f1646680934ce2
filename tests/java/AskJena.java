import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.apache.jena.query.QueryExecution;
import org.apache.jena.query.QueryExecutionFactory;
import org.apache.jena.query.ResultSetFormatter;
import org.apache.jena.rdf.model.Model;
import org.apache.jena.rdf.model.ModelFactory;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFDataMgr;
import org.apache.jena.shacl.ShaclValidator;
import org.apache.jena.shacl.Shapes;
import org.apache.jena.update.UpdateAction;

/** Has Apache Jena do what a user of the distribution does with it. */
public final class AskJena {
    private AskJena() {}

    public static void main(String[] words) throws IOException {
        if (words.length == 3 && words[0].equals("query")) {
            query(Path.of(words[1]), Path.of(words[2]));
        } else if (words.length == 4 && words[0].equals("validate")) {
            validate(Path.of(words[1]), Path.of(words[2]), Path.of(words[3]));
        } else {
            System.err.println("usage: AskJena query DATA QUERIES | validate DIST DESCRIPTION REPORT");
            System.exit(2);
        }
    }

    /** Writes the answer to each query of a folder beside it. */
    private static void query(Path data, Path queries) throws IOException {
        Model model = read(List.of(data));
        for (Path file : below(queries, ".rq")) {
            String name = file.getFileName().toString().replace(".rq", ".json");
            try (QueryExecution asked = QueryExecutionFactory.create(Files.readString(file), model);
                    OutputStream out = Files.newOutputStream(file.resolveSibling(name))) {
                ResultSetFormatter.outputAsJSON(out, asked.execSelect());
            }
        }
    }

    /** The three steps of the README of the distribution. */
    private static void validate(Path dist, Path description, Path report) throws IOException {
        Model data = read(List.of(dist.resolve("ontology.ttl"), description));
        for (Path rule : below(dist.resolve("rules"), ".ru")) {
            UpdateAction.parseExecute(Files.readString(rule), data);
        }
        Model shapes = read(List.of(dist.resolve("shapes.ttl"), dist.resolve("witness-shapes.ttl")));
        Model found = ShaclValidator.get()
            .validate(Shapes.parse(shapes.getGraph()), data.getGraph())
            .getModel();
        try (OutputStream out = Files.newOutputStream(report)) {
            RDFDataMgr.write(out, found, Lang.NTRIPLES);
        }
    }

    private static Model read(List<Path> files) {
        Model model = ModelFactory.createDefaultModel();
        for (Path file : files) {
            RDFDataMgr.read(model, file.toUri().toString());
        }
        return model;
    }

    private static List<Path> below(Path folder, String ending) throws IOException {
        try (Stream<Path> found = Files.walk(folder)) {
            return found.filter(file -> file.toString().endsWith(ending)).sorted().toList();
        }
    }
}
