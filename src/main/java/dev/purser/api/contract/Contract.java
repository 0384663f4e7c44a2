package dev.purser.api.contract;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Predicate;

import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * The API's contract: its text as it is served, and what it says in a form that requests are checked by.
 *
 * @param text the document, {@code openapi.yaml}
 * @param walletIds tells which texts can be the id of a wallet
 */
public record Contract(String text, List<Endpoint> endpoints, RouteTable routes, Predicate<String> walletIds) {

    private static final String RESOURCE = "/openapi.yaml";

    /** The contract that comes with the service. */
    public static Contract load() {
        try (InputStream document = Contract.class.getResourceAsStream(RESOURCE)) {
            if (document == null) {
                throw new IllegalStateException("Expected the resource " + RESOURCE + ", but it is not there");
            }
            return of(new String(document.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Compiles a document. Throws when it says anything that would not be obeyed. */
    static Contract of(String text) {
        Node root = Node.of("", new Load(LoadSettings.builder().build()).loadFromString(text));
        List<Endpoint> endpoints = new ContractReader(root).endpoints();
        Type walletId = new SchemaReader(root).read(root.child("components").child("schemas").child("WalletId"));
        return new Contract(text, endpoints, new RouteTable(prefix(root), endpoints), id -> walletId.parse(id) != null);
    }

    private static String prefix(Node root) {
        List<Node> servers = root.children("servers");
        if (servers.size() != 1 || !servers.getFirst().text("url").startsWith("/")) {
            throw root.wrong("one server whose url is a path", "found " + root.get("servers"));
        }
        return servers.getFirst().text("url");
    }
}
