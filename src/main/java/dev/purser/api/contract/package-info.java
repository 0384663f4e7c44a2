/**
 * The contract ({@code openapi.yaml}), compiled once at start into what a request is routed, read and checked by.
 *
 * <p>Start reading at {@link dev.purser.api.contract.Contract}. Only the part of OpenAPI and JSON Schema that the
 * contract uses is understood, and any other keyword stops the start: nothing that the document promises can go
 * unchecked. What may not enter: HTTP, wallets, and who may do what.
 */
@NullMarked
package dev.purser.api.contract;

import org.jspecify.annotations.NullMarked;
