package dev.purser.api.contract;

import java.util.List;

import org.jspecify.annotations.Nullable;

/** An operation of the contract, compiled. */
public final class Endpoint {

    private final String id;
    private final String method;
    private final String path;
    private final @Nullable List<String> scopes;
    private final boolean keyed;
    private final Parameters parameters;
    private final @Nullable Body body;

    /** What the body is, and how large it may be. */
    record Body(ObjectType type, boolean required, int maxBytes) {
    }

    Endpoint(String id, String method, String path, @Nullable List<String> scopes, boolean keyed,
            Parameters parameters, @Nullable Body body) {
        this.id = id;
        this.method = method;
        this.path = path;
        this.scopes = scopes;
        this.keyed = keyed;
        this.parameters = parameters;
        this.body = body;
    }

    /** Its operationId. */
    public String id() {
        return id;
    }

    public String method() {
        return method;
    }

    /** Its path as the contract writes it, below the server's. */
    public String path() {
        return path;
    }

    /** Whether anybody may call it, without a token. */
    public boolean isPublic() {
        return scopes == null;
    }

    /** The scopes that a token must have, whatever it concerns. */
    public List<String> scopes() {
        return scopes == null ? List.of() : scopes;
    }

    /** Whether it changes something and takes an {@code Idempotency-Key}. */
    public boolean isKeyed() {
        return keyed;
    }

    public boolean takesBody() {
        return body != null;
    }

    public boolean requiresBody() {
        return body != null && body.required();
    }

    /** How many bytes of body are accepted. */
    public int maxBytes() {
        return body == null ? 0 : body.maxBytes();
    }

    /** Checks the parameters, those of the path as they stand in the URL. */
    public Checked readParameters(List<String> pathValues, @Nullable String query) {
        return parameters.read(pathValues, query);
    }

    /** Checks the body. None at all reads as an empty object where the contract does not require one. */
    public Checked readBody(byte[] bytes) {
        if (body == null) {
            return new Checked.Valid(new Fields(Parameters.NO_FIELDS));
        }
        return bytes.length == 0 && !body.required()
                ? BodyReader.read(body.type(), new byte[]{'{', '}'})
                : BodyReader.read(body.type(), bytes);
    }
}
