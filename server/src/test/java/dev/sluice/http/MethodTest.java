package dev.sluice.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MethodTest {
    @ParameterizedTest
    @EnumSource
    void of_ownName_isThatMethod(Method method) {
        assertEquals(method, Method.of(method.name()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"get", "Head", "BREW", "GET ", ""})
    void of_anythingElse_isUnknown(String token) {
        assertEquals(Method.UNKNOWN, Method.of(token));
    }
}
