/**
 * REST: routes, who may, request and reply records, problems, and the contract ({@code openapi.yaml}) that requests
 * are validated against.
 *
 * <p>Start reading at {@link dev.purser.api.ApiServer}, then {@code Edge}: the stations that a request passes. The
 * contract is compiled in {@code contract}, callers become known in {@code tokens}. Refusals become problems in
 * {@code Refusals}, all other outcomes in {@code Outcomes}, and nowhere else. The pages are files of the folder
 * {@code web} ({@code WebFolder}), and use the API as anybody does.
 *
 * <p>What may not enter: SQL and the event bus. A handler turns a request into an {@link dev.purser.lane.Operation},
 * sends it to {@link dev.purser.lane.Wallets} and turns the outcome into a reply; it decides nothing.
 */
@NullMarked
package dev.purser.api;

import org.jspecify.annotations.NullMarked;
