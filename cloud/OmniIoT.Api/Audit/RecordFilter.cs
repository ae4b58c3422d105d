using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OmniIoT.Api.Access;
using OmniIoT.Api.Access.Sessions;
using OmniIoT.Api.Problems;
using OmniIoT.Domain;
using OmniIoT.Domain.Audit;
using OmniIoT.Ports.Audit;
using OmniIoT.Ports.Catalogs;

namespace OmniIoT.Api.Audit;

/// <summary>
/// Puts on record which calls were refused, and what of whom was read, before the answer leaves. Stands before all that decides whether
/// a call may be made. What people's own apps read of them is not recorded.
/// </summary>
internal sealed class RecordFilter(RecordedReads reads, RecordedRefusals refusals) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        HttpContext context = invocation.HttpContext;
        object? answer;
        try
        {
            answer = await next(invocation);
        }
        catch (ProblemException refused)
            when (refused.Problem.Status is StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden)
        {
            await RefusedAsync(context);
            throw;
        }
        if (IsRead(context) && context.KnownCaller() is not CustomerCaller)
            await ReadAsync(context);
        return answer;
    }

    private static bool IsRead(HttpContext context) =>
        HttpMethods.IsGet(context.Request.Method) || context.GetEndpoint()?.Metadata.GetMetadata<ReadsByBody>() is not null;

    /// <summary>Whoever shows nothing at all tries nothing.</summary>
    private Task RefusedAsync(HttpContext context)
    {
        Caller? caller = context.KnownCaller();
        if (caller is null && context.Request.Headers.Authorization.Count == 0 && SessionCookie.Of(context.Request) is null)
            return Task.CompletedTask;
        Refusal refusal = new(
            context.Origin(),
            AuditActions.AccessRefused,
            $"call:{context.Request.Method} {(context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText}",
            caller is null ? AuditActions.Wrong : AuditActions.Forbidden
        );
        return refusals.AddAsync(refusal);
    }

    private async ValueTask ReadAsync(HttpContext context)
    {
        if (context.Person() is { } person)
        {
            string id = context.RequestServices.GetRequiredService<ICatalog>().Merges.SurvivorOf(person);
            await reads.AddAsync(context.Origin(), AuditActions.CustomerRead, EntityId.Customer(id).ToString());
        }
        else if (context.GetEndpoint()?.Metadata.GetMetadata<ListedPersons>() is not null)
            await reads.AddAsync(context.Origin(), AuditActions.CustomersListed, "customers:*");
    }
}
