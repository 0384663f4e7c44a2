package dev.purser.api;

import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.purser.api.Answer.Header;
import dev.purser.lane.Quota;

/** What is left of a rate limit, as draft-ietf-httpapi-ratelimit-headers-10 writes it. */
final class RateLimitHeaders {

    private RateLimitHeaders() {
    }

    static List<Header> of(@Nullable Quota quota) {
        if (quota == null) {
            return List.of();
        }
        String name = "\"" + quota.policy() + "\"";
        return List.of(new Header("RateLimit-Policy", name + ";q=" + quota.limit() + ";w=" + quota.windowSeconds()),
                new Header("RateLimit", name + ";r=" + quota.remaining() + ";t=" + quota.resetSeconds()));
    }
}
