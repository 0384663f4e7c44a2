package dev.purser.api;

import io.vertx.core.Future;

/** Answers the calls of an operation. */
interface ApiHandler {

    Future<Answer> handle(Call call);
}
