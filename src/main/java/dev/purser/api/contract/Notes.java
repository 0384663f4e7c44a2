package dev.purser.api.contract;

/** Takes down what is wrong with a request. */
interface Notes {

    void note(Violation violation);
}
