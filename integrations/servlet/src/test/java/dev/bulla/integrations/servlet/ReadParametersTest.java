package dev.bulla.integrations.servlet;

import jakarta.servlet.Filter;

/** A filter has asked for a parameter, so that the container has read the form: as those against forged requests do. */
class ReadParametersTest extends ServletContract {
    @Override
    Filter filter() {
        return (request, response, chain) -> {
            request.setCharacterEncoding("UTF-8");
            request.getParameter("_csrf");
            chain.doFilter(request, response);
        };
    }

    @Override
    protected boolean hasReadBefore(boolean form) {
        return form;
    }
}
