using Microsoft.AspNetCore.Http;
using OmniIoT.Api.Problems;
using OmniIoT.Web;

namespace OmniIoT.Api.Access;

/// <summary>Lets a call through when its bearer token belongs to somebody who may make it.</summary>
internal sealed class AccessFilter(BearerAuthenticator authenticator) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        HttpContext context = invocation.HttpContext;
        Caller caller = await AuthenticateAsync(context);
        AccessRule rule =
            context.GetEndpoint()?.Metadata.GetMetadata<AccessRule>()
            ?? throw new InvalidOperationException("Nobody says who may make the call.");
        if (!rule.Admits(caller))
            throw Access.Forbidden();
        context.SetCaller(caller);
        return await next(invocation);
    }

    private async ValueTask<Caller> AuthenticateAsync(HttpContext context)
    {
        if (Bearer.Of(context.Request) is { } token && await authenticator.FindCallerAsync(token, context.RequestAborted) is { } caller)
            return caller;
        context.Response.Headers.WWWAuthenticate = "Bearer";
        string detail =
            context.Request.Headers.Authorization.Count == 0
                ? "The call needs a header 'Authorization: Bearer …'."
                : "The token is not valid, or no longer.";
        throw new ProblemException(Problem.Of(StatusCodes.Status401Unauthorized, detail));
    }
}
