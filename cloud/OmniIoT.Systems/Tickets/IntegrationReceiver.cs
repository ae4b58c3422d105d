using System.Net;
using OmniIoT.Domain.Systems;
using OmniIoT.Ports.Systems;

namespace OmniIoT.Systems.Tickets;

/// <summary>Takes changes of cases to help desks.</summary>
public sealed class IntegrationReceiver(TicketDesk desk, TicketSending sending) : IChangeReceiver
{
    public IReadOnlyList<ToldSystem> Systems =>
        [.. desk.Integrations.Select(static one => new ToldSystem(SystemNames.Integration(one.Id), one.Endpoint))];

    public async ValueTask<DeliveryOutcome> DeliverAsync(ChangeDelivery delivery, CancellationToken cancellationToken)
    {
        string? id = desk.Integrations.FirstOrDefault(one => SystemNames.Integration(one.Id) == delivery.System)?.Id;
        if (id is null || desk.Find(id) is not { } found)
            return new DeliveryOutcome(null, "There is no such integration any more, or its secrets were sealed with another key.", null);
        try
        {
            await sending.SendAsync(found.Integration, found.System, delivery, cancellationToken);
            return new DeliveryOutcome(null, null, null);
        }
        catch (TicketSystemException refused)
        {
            return new DeliveryOutcome((int?)refused.Answer.Status, refused.Message, refused.Answer.After)
            {
                IsFinal = IsFinal(refused.Answer.Status),
            };
        }
    }

    /// <summary>What is wrong with the change itself stays wrong; credentials and help desks are put right.</summary>
    private static bool IsFinal(HttpStatusCode? status) =>
        status
            is HttpStatusCode.BadRequest
                or HttpStatusCode.NotFound
                or HttpStatusCode.Conflict
                or HttpStatusCode.Gone
                or HttpStatusCode.UnprocessableEntity;
}
