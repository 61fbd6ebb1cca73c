package dev.bulla.integrations.servlet;

import jakarta.servlet.Filter;

/** A filter has asked for the reader, and read nothing. */
class AskedReaderTest extends ServletContract {
    @Override
    Filter filter() {
        return (request, response, chain) -> {
            request.setCharacterEncoding("UTF-8");
            request.getReader();
            chain.doFilter(request, response);
        };
    }

    @Override
    protected boolean hasReadBefore(boolean form) {
        return true;
    }
}
