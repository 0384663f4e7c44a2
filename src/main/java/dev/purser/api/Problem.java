package dev.purser.api;

import java.io.IOException;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.purser.lane.Quota;

/**
 * An answer that says what is wrong (RFC 9457).
 *
 * @param retryable whether the same request may succeed later, without harm
 * @param outcome whether a write was carried out; null for what is no write
 * @param members what else helps
 */
record Problem(ProblemCode code, String detail, boolean retryable, @Nullable Effect outcome, JsonBody members,
        List<Header> headers) implements Answer, JsonBody {

    static final String CONTENT_TYPE = "application/problem+json";

    private static final String RETRY_AFTER = "Retry-After";
    private static final String TYPE = "urn:purser:problem:";

    /** Whether a write that was not answered well was carried out all the same. */
    enum Effect {
        NOT_APPLIED("not_applied"),
        UNKNOWN("unknown");

        private final String text;

        Effect(String text) {
            this.text = text;
        }
    }

    static Problem of(ProblemCode code, String detail) {
        return new Problem(code, detail, false, null, _ -> {
        }, List.of());
    }

    /** The wallet was asked and nothing was changed. */
    static Problem refusal(ProblemCode code, String detail) {
        return of(code, detail).with(Effect.NOT_APPLIED);
    }

    Problem with(Effect effect) {
        return new Problem(code, detail, retryable, effect, members, headers);
    }

    Problem with(JsonBody moreMembers) {
        return new Problem(code, detail, retryable, outcome, out -> {
            members.write(out);
            moreMembers.write(out);
        }, headers);
    }

    Problem with(Header header) {
        return new Problem(code, detail, retryable, outcome, members, Answer.with(headers, header));
    }

    Problem with(@Nullable Quota quota) {
        Problem limited = this;
        for (Header header : RateLimitHeaders.of(quota)) {
            limited = limited.with(header);
        }
        return limited;
    }

    Problem retryableAfter(int seconds) {
        return new Problem(code, detail, true, outcome, members, headers)
                .with(new Header(RETRY_AFTER, String.valueOf(Math.max(1, seconds))));
    }

    /** The same, but trying again could do harm or cannot help. */
    Problem notRetryable() {
        return new Problem(code, detail, false, outcome, members,
                headers.stream().filter(header -> !header.name().equals(RETRY_AFTER)).toList());
    }

    /** The same about a request that writes nothing anyway. */
    Problem ofRead() {
        return new Problem(code, detail, retryable, null, members, headers);
    }

    /** The same about a write, which was not carried out unless the problem says otherwise. */
    Problem ofWrite() {
        return outcome == null ? with(Effect.NOT_APPLIED) : this;
    }

    @Override
    public int status() {
        return code.status();
    }

    @Override
    public void write(JsonOut out) throws IOException {
        out.put("type", TYPE + code.text());
        out.put("title", code.title());
        out.put("status", code.status());
        out.put("detail", detail);
        out.put("code", code.text());
        out.put("retryable", retryable);
        if (outcome != null) {
            out.put("outcome", outcome.text);
        }
        members.write(out);
    }
}
