package dev.purser.sandbox;

import io.vertx.core.json.JsonObject;

/**
 * What an API call is answered.
 *
 * @param begun whether the call was carried out or refused for what it met; if not, it is as if it had not been made
 */
record StandInAnswer(int status, JsonObject body, boolean begun) {

    private static final String INVALID = "invalid_request_error";

    /** As it is now: what happens to the object later changes no answer that is kept. */
    static StandInAnswer of(JsonObject object) {
        return new StandInAnswer(200, object.copy(), true);
    }

    static StandInAnswer error(int status, String type, String message) {
        return new StandInAnswer(status,
                new JsonObject().put("error", new JsonObject().put("type", type).put("message", message)), true);
    }

    /** It cannot be done as things stand. */
    static StandInAnswer refused(String code, String message) {
        return error(400, INVALID, message).with("code", code);
    }

    /** It does not even say what is to be done. */
    static StandInAnswer invalid(String param, String code, String message) {
        StandInAnswer answer = error(400, INVALID, message).with("code", code).with("param", param);
        return new StandInAnswer(answer.status(), answer.body(), false);
    }

    static StandInAnswer missing(String kind, String id) {
        return error(404, INVALID, "No such " + kind + ": '" + id + "'").with("code", "resource_missing")
                .with("param", "id");
    }

    /** More about an error. */
    StandInAnswer with(String name, Object value) {
        JsonObject more = body.copy();
        more.getJsonObject("error").put(name, value);
        return new StandInAnswer(status, more, begun);
    }
}
