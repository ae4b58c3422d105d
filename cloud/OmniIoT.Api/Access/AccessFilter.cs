using Microsoft.AspNetCore.Http;
using OmniIoT.Api.Access.Rights;
using OmniIoT.Api.Access.Sessions;
using OmniIoT.Api.Problems;
using OmniIoT.Web;

namespace OmniIoT.Api.Access;

/// <summary>Lets a call through when its token, or its session's cookie, belongs to somebody who may make it.</summary>
internal sealed class AccessFilter(BearerAuthenticator authenticator, AgentSessions sessions, CallBounds bounds) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        HttpContext context = invocation.HttpContext;
        (Caller caller, string token) = await AuthenticateAsync(context);
        context.SetCaller(caller, token); // Here, and not where it is found out: what an awaited method sets for the call ends with it.
        if (SessionCookie.Of(context.Request) is { } cookie && cookie.Text == token)
            SessionCookie.RequireProof(context.Request, cookie);
        AccessRule rule =
            context.GetEndpoint()?.Metadata.GetMetadata<AccessRule>()
            ?? throw new InvalidOperationException("Nobody says who may make the call.");
        if (!rule.Admits(caller))
            throw Access.Forbidden();
        await bounds.RequireAsync(context, rule.Reach);
        return await next(invocation);
    }

    private async ValueTask<(Caller Caller, string Token)> AuthenticateAsync(HttpContext context)
    {
        if (Bearer.Of(context.Request) is { } token)
            return await authenticator.FindCallerAsync(token, context.RequestAborted) is { } caller
                ? (caller, token)
                : throw Unknown(context, "The token is not valid, or no longer.");
        if (SessionCookie.Of(context.Request) is { } cookie)
            return await sessions.FindAsync(cookie.Text, context.RequestAborted) is { } agent
                ? (agent, cookie.Text)
                : throw Unknown(context, "The session is over.");
        throw Unknown(
            context,
            context.Request.Headers.Authorization.Count == 0
                ? "The call needs a header 'Authorization: Bearer …'."
                : "The token is not valid, or no longer."
        );
    }

    private static ProblemException Unknown(HttpContext context, string detail)
    {
        context.Response.Headers.WWWAuthenticate = "Bearer";
        return new ProblemException(Problem.Of(StatusCodes.Status401Unauthorized, detail));
    }
}
