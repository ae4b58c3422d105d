using System.Text.Json;
using OmniIoT.Domain;
using OmniIoT.Domain.Answers.Models;
using OmniIoT.Domain.Cases;
using OmniIoT.Domain.Customers;
using OmniIoT.Domain.Delivery;
using OmniIoT.Domain.Effects;
using OmniIoT.Grains.Abstractions;
using OmniIoT.Ports.Catalogs;
using OmniIoT.Ports.Desk;
using OmniIoT.Ports.Queries;
using OmniIoT.Ports.State;

namespace OmniIoT.Commit.Delivery;

/// <summary>
/// Brings letters from grain to grain: a sighting of a tag to the customers who carry it, an alarm to the device's owner, an answer to
/// the case that it is about, an app's receipt to who was made the offer, what a trigger wants done to whose it is to do. A letter about
/// somebody or something that is gone concerns nobody. A crash in between brings a letter twice, which changes nothing: what it says is
/// keyed. The letters of one target go in their order.
/// </summary>
public sealed class GrainPostman(
    IGrainMail mail,
    ICustomerQueries customers,
    ICaseQueries cases,
    ICatalog catalog,
    IGrains grains,
    IDeskActions actions,
    DeliveryServices services
) : DeliveryLoop<GrainLetter>(services)
{
    /// <summary>The type of the identity that a tag is.</summary>
    public const string TagIdentity = "tag";

    protected override string Name => "letters between grains";

    protected override ValueTask<IReadOnlyList<GrainLetter>> PendingAsync(
        string? afterId,
        int limit,
        CancellationToken cancellationToken
    ) => mail.PendingAsync(afterId, limit, cancellationToken);

    protected override string IdOf(GrainLetter row) => row.Id;

    protected override string TargetOf(GrainLetter row) => row.Content.Target;

    protected override ValueTask DeliverAsync(GrainLetter row, CancellationToken cancellationToken) =>
        row.Content switch
        {
            TagSighted sighted => DeliverAsync(sighted, cancellationToken),
            CustomerAnswered answered => DeliverAsync(answered, cancellationToken),
            CustomerAsked asked => DeliverAsync(asked, cancellationToken),
            OfferReceived received => DeliverAsync(received, cancellationToken),
            NoticeDue notice => new ValueTask(grains.Customer(catalog.Merges.SurvivorOf(notice.CustomerId)).TakeNoticeAsync(notice)),
            ConsentWithdrawn withdrawn => new ValueTask(
                grains.Customer(catalog.Merges.SurvivorOf(withdrawn.CustomerId)).TakeWithdrawalAsync(withdrawn)
            ),
            CaseEnded ended => new ValueTask(actions.TellAsync(ended, cancellationToken)),
            CallBackHandedOn handed => new ValueTask(actions.TellAsync(handed, cancellationToken)),
            ModelAsked asked => new ValueTask(actions.AskAsync(asked, cancellationToken)),
            ActionsDue due => new ValueTask(actions.DoAsync(due, cancellationToken)),
            _ => throw new InvalidOperationException($"Nobody takes letters of the kind {row.Content.GetType().Name}."),
        };

    protected override Effect Done(GrainLetter row) => new Told(row.Id);

    protected override DeadLetter DeadLetterOf(GrainLetter row, string id, string detail) =>
        DeadLetter.Undelivered(
            id,
            Now,
            row.Content.Topic,
            row.Content.Principal,
            detail,
            JsonSerializer.SerializeToUtf8Bytes(row.Content, OmniJson.Options)
        );

    private async ValueTask DeliverAsync(TagSighted sighted, CancellationToken cancellationToken)
    {
        Identity tag = new(TagIdentity, sighted.Tag);
        IReadOnlyList<string> holders = await customers.FindByIdentityAsync(tag.Type, tag.Value, cancellationToken);
        foreach (string customerId in catalog.Merges.BearersOf(tag, holders))
            await grains.Customer(customerId).TakeSightingAsync(sighted);
    }

    private async ValueTask DeliverAsync(OfferReceived received, CancellationToken cancellationToken)
    {
        if (await customers.FindOfferAsync(received.OfferId, cancellationToken) is { } offer)
            await grains.Customer(offer.CustomerId).TakeReceiptAsync(received);
    }

    private async ValueTask DeliverAsync(CustomerAnswered answered, CancellationToken cancellationToken)
    {
        if (await cases.FindAsync(answered.CaseId, cancellationToken) is not { } found)
            return;
        await grains.Of(found.Owner).AnswerCaseAsync(new AnswerCase(answered.CaseId, answered.At));
    }

    private async ValueTask DeliverAsync(CustomerAsked asked, CancellationToken cancellationToken)
    {
        if (await cases.FindAsync(asked.CaseId, cancellationToken) is { } found)
            await grains.Of(found.Owner).AskOfCaseAsync(new AskOfCase(asked.CaseId, asked.At, asked.Channel));
    }
}
