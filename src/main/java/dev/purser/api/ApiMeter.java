package dev.purser.api;

/** Is told of every answer. */
public interface ApiMeter {

    /** The operation of a request that matches none. */
    String NO_OPERATION = "none";

    ApiMeter NONE = (_, _, _) -> {
    };

    /** {@code nanos} is from the request's head to the answer's being handed over. */
    void answered(String operationId, int status, long nanos);
}
