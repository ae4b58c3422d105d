using Microsoft.AspNetCore.Http;
using OmniIoT.Api.Access;
using OmniIoT.Api.Access.Rights;
using OmniIoT.Api.Access.Sessions;
using OmniIoT.Api.Problems;

namespace OmniIoT.Api.Dashboard;

/// <summary>
/// Lets administrators through. The page comes by plain navigation and asks by itself, so a browser must know how to sign in; who is
/// signed in at the console is known.
/// </summary>
internal sealed class DashboardAccess(BasicSignIns signIns, AgentSessions sessions) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        Caller caller = await AuthenticateAsync(invocation.HttpContext);
        invocation.HttpContext.SetCaller(caller, token: "");
        if (!CallRights.Administration.Admits(caller))
            throw Access.Access.Forbidden();
        return await next(invocation);
    }

    private async ValueTask<Caller> AuthenticateAsync(HttpContext context)
    {
        if (
            BasicCredentials.Of(context.Request) is { } credentials
            && await signIns.FindAsync(context, credentials, context.RequestAborted) is { } caller
        )
            return caller;
        if (SessionCookie.Of(context.Request) is { } cookie && await sessions.FindAsync(cookie.Text, context.RequestAborted) is { } agent)
        {
            SessionCookie.RequireProof(context.Request, cookie);
            return agent;
        }
        context.Response.Headers.WWWAuthenticate = BasicCredentials.Challenge;
        throw new ProblemException(
            Problem.Of(
                StatusCodes.Status401Unauthorized,
                "The dashboard needs the id and password of an administrator, or the user 'key' with the API key."
            )
        );
    }
}
