using Microsoft.AspNetCore.Http;
using OmniIoT.Api.Access.Sessions;
using OmniIoT.Api.Problems;
using OmniIoT.Web;

namespace OmniIoT.Api.Access;

/// <summary>Lets a call through when its token, or its session's cookie, belongs to somebody who may make it.</summary>
internal sealed class AccessFilter(BearerAuthenticator authenticator, AgentSessions sessions) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        HttpContext context = invocation.HttpContext;
        await AuthenticateAsync(context);
        AccessRule rule =
            context.GetEndpoint()?.Metadata.GetMetadata<AccessRule>()
            ?? throw new InvalidOperationException("Nobody says who may make the call.");
        if (!rule.Admits(context.Caller()))
            throw Access.Forbidden();
        return await next(invocation);
    }

    private async ValueTask AuthenticateAsync(HttpContext context)
    {
        if (Bearer.Of(context.Request) is { } token)
        {
            if (await authenticator.FindCallerAsync(token, context.RequestAborted) is not { } caller)
                throw Unknown(context, "The token is not valid, or no longer.");
            context.SetCaller(caller, token);
        }
        else if (SessionCookie.Of(context.Request) is { } cookie)
        {
            if (await sessions.FindAsync(cookie.Text, context.RequestAborted) is not { } agent)
                throw Unknown(context, "The session is over.");
            SessionCookie.RequireProof(context.Request, cookie);
            context.SetCaller(agent, cookie.Text);
        }
        else
        {
            throw Unknown(
                context,
                context.Request.Headers.Authorization.Count == 0
                    ? "The call needs a header 'Authorization: Bearer …'."
                    : "The token is not valid, or no longer."
            );
        }
    }

    private static ProblemException Unknown(HttpContext context, string detail)
    {
        context.Response.Headers.WWWAuthenticate = "Bearer";
        return new ProblemException(Problem.Of(StatusCodes.Status401Unauthorized, detail));
    }
}
