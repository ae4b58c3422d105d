using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OmniIoT.Api.Problems;
using OmniIoT.Domain.Places;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Api.Access.Rights;

/// <summary>Keeps callers within their bounds. What is outside is as little there as what does not exist.</summary>
internal sealed class CallBounds(IBoundsQueries queries)
{
    /// <summary>Before a call is made: whether what its address names is within.</summary>
    /// <exception cref="ProblemException">It is not, or the call reaches further than somebody with bounds may.</exception>
    public async ValueTask RequireAsync(HttpContext context, Reach reach)
    {
        if (context.Bounds() is not { } bounds || reach is Reach.Open or Reach.Asks)
            return;
        string id = context.GetRouteValue("id") as string ?? "";
        switch (reach)
        {
            case Reach.Whole:
                throw Refused();
            case Reach.Queue:
                RequireNamed(context, "queue", id, bounds.Queues, bounds.HasQueue(id));
                break;
            case Reach.Site:
                RequireNamed(context, "site", id, bounds.Sites, bounds.HasSite(id));
                break;
            default:
                await RequireAsync(context, KindOf(reach), id, bounds);
                break;
        }
    }

    /// <summary>Whether something that a call names in its body may be named.</summary>
    public static async ValueTask<bool> MayNameAsync(HttpContext context, BoundKind kind, string id, CancellationToken cancellationToken) =>
        context.Bounds() is not { } bounds || await QueriesOf(context).FindAsync(kind, id, bounds, cancellationToken) is Standing.Within;

    /// <summary>Those of a list that are about what is within.</summary>
    public static async ValueTask<IReadOnlyList<T>> WithinAsync<T>(
        HttpContext context,
        IReadOnlyList<T> items,
        Func<T, Subjects> about,
        CancellationToken cancellationToken
    )
    {
        if (context.Bounds() is not { } bounds || items.Count == 0)
            return items;
        IReadOnlyList<bool> within = await QueriesOf(context).AreWithinAsync([.. items.Select(about)], bounds, cancellationToken);
        return [.. items.Where((_, i) => within[i])];
    }

    /// <exception cref="ProblemException">Something would be put where the caller's bounds do not reach.</exception>
    public static void RequireSite(HttpContext context, string? siteId)
    {
        if (context.Bounds() is { } bounds && !bounds.HasSite(siteId))
            throw Refused();
    }

    /// <inheritdoc cref="RequireSite"/>
    public static void RequireQueue(HttpContext context, string queue)
    {
        if (context.Bounds() is { Queues: not null } bounds && !bounds.HasQueue(queue))
            throw Refused();
    }

    private static IBoundsQueries QueriesOf(HttpContext context) => context.RequestServices.GetRequiredService<IBoundsQueries>();

    /// <summary>It reaches further than somebody with bounds may.</summary>
    public static ProblemException Refused() =>
        new(
            Problem.Of(
                StatusCodes.Status403Forbidden,
                "The role of these credentials is limited to queues or sites, and this reaches further.",
                "OutOfBounds"
            )
        );

    private async ValueTask RequireAsync(HttpContext context, BoundKind kind, string id, Bounds bounds)
    {
        string asked = kind is BoundKind.Beacon ? BeaconId.Canonical(id) : id;
        Standing standing = await queries.FindAsync(kind, asked, bounds, context.RequestAborted);
        // Places are changed only by those to whom sites are told.
        if (kind is BoundKind.Fence or BoundKind.Beacon && bounds.Sites is null && !HttpMethods.IsGet(context.Request.Method))
            throw Refused();
        if (standing is Standing.Within)
            return;
        if (!HttpMethods.IsPut(context.Request.Method))
            throw new ProblemException(Problem.NotFound(NameOf(kind), id));
        // Where something new comes to be within, the call says by what it names.
        if (standing is Standing.Outside || kind is BoundKind.Customer)
            throw Refused();
    }

    private static void RequireNamed(HttpContext context, string kind, string id, IReadOnlyList<string>? named, bool isNamed)
    {
        bool isRead = HttpMethods.IsGet(context.Request.Method);
        if (isNamed || (isRead && named is null))
            return;
        throw isRead ? new ProblemException(Problem.NotFound(kind, id)) : Refused();
    }

    private static string NameOf(BoundKind kind) => kind.ToString().ToLowerInvariant();

    private static BoundKind KindOf(Reach reach) =>
        reach switch
        {
            Reach.Alarm => BoundKind.Alarm,
            Reach.Beacon => BoundKind.Beacon,
            Reach.Callback => BoundKind.Callback,
            Reach.Case => BoundKind.Case,
            Reach.Conversation => BoundKind.Conversation,
            Reach.Customer => BoundKind.Customer,
            Reach.Device => BoundKind.Device,
            Reach.Fence => BoundKind.Fence,
            _ => throw new ArgumentOutOfRangeException(nameof(reach), reach, "names no one thing"),
        };
}
