using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using OmniIoT.Api.Access.Rights;
using OmniIoT.Api.Audit;
using OmniIoT.Api.Problems;
using OmniIoT.Ports.Catalogs;

namespace OmniIoT.Api.Access;

/// <summary>Who may make a call.</summary>
/// <param name="AnyOf">One of these rights is needed; none: whoever of the company is known.</param>
/// <param name="Reach">What somebody with bounds must have within.</param>
/// <param name="Customers">Whether a customer's app may, on what is its own; the call itself checks that.</param>
internal sealed record AccessRule(RightSet AnyOf, Reach Reach, bool Customers = false)
{
    public bool Admits(Caller caller) => caller is CustomerCaller ? Customers : AnyOf == RightSet.None || caller.Rights.HasAnyOf(AnyOf);
}

internal static class Access
{
    /// <summary>Also says whom the call is about, for the record.</summary>
    /// <exception cref="ProblemException">A customer's app asks for what is not its own.</exception>
    public static void RequireOwn(this HttpContext context, string? customerId)
    {
        context.Concerns(customerId);
        if (
            context.Caller() is CustomerCaller own
            && !context.RequestServices.GetRequiredService<ICatalog>().Merges.AreOne(own.CustomerId, customerId)
        )
            throw Forbidden();
    }

    /// <exception cref="ProblemException">The caller would give, or take, what they have not themselves.</exception>
    public static void RequireOwnRights(this HttpContext context, RightSet rights)
    {
        if (!context.Caller().Rights.Covers(rights))
            throw new ProblemException(
                Problem.Of(StatusCodes.Status403Forbidden, "Nobody decides on rights that are not their own.", "NotYourRights")
            );
    }

    public static ProblemException Forbidden() =>
        new(Problem.Of(StatusCodes.Status403Forbidden, "These credentials do not give the right to do this."));
}
