using OmniIoT.Domain;
using OmniIoT.Domain.Cases;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Desk;
using OmniIoT.Domain.Desk.Routing;
using OmniIoT.Grains.Abstractions;

namespace OmniIoT.Grains.Routing;

internal static class WorkMoves
{
    /// <summary>Asks the owner of a case or a conversation for a move, as it was seen.</summary>
    /// <returns>Null: it was made.</returns>
    public static async Task<Rejection?> MoveAsync(this IGrains grains, Work work, RoutingMove move)
    {
        EntityId owner = EntityId.TryParse(work.Owner) ?? throw new FormatException($"'{work.Owner}' owns nothing.");
        return work.Kind is WorkKind.Case
            ? (await grains.Of(owner).RouteCaseAsync(new RouteCase(work.Id, move, work.Version))).Rejection
            : (await grains.Customer(owner.Key).RouteConversationAsync(new RouteConversation(work.Id, move, work.Version))).Rejection;
    }
}
