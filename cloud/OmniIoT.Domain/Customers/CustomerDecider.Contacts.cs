using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Desk;
using OmniIoT.Domain.Desk.Channels;

namespace OmniIoT.Domain.Customers;

// Where the customer writes, and whether they want to be written to there.
public sealed partial class CustomerDecider
{
    private ChannelContact? ContactOn(string channel) => state.Facts.Contacts.FirstOrDefault(contact => contact.Channel == channel);

    /// <summary>Who writes can be reached where they write from, and may be answered unless they write that they want no more.</summary>
    private void Remember(Decision decision, ReceiveMessage request, ConversationMessage message)
    {
        bool optsOut = decision.Moment.Catalog.FindChannel(request.Channel) is { } channel && OptOut.IsMeant(channel, request.Text);
        ChannelContact contact = ContactOn(request.Channel) ?? new ChannelContact(request.Channel, null, message.At, HasOptedOut: false);
        contact = contact.With(message.Id, request.ExternalId) with
        {
            From = request.From ?? contact.From,
            At = message.At > contact.At ? message.At : contact.At,
            HasOptedOut = optsOut || (request.IsAutomatic && contact.HasOptedOut),
        };
        state.Facts = state.Facts with
        {
            Contacts = [.. state.Facts.Contacts.Where(other => other.Channel != request.Channel), contact],
            Bounced = request.From is { } from ? [.. state.Facts.Bounced.Where(bounced => !bounced.IsSame(from))] : state.Facts.Bounced,
        };
        if (optsOut)
            Withdraw(decision, ChannelKinds.All[decision.Moment.Catalog.FindChannel(request.Channel)!.Type].ConsentKind);
    }

    private void Change(string channel, Func<ChannelContact, ChannelContact> change)
    {
        if (ContactOn(channel) is { } contact)
            state.Facts = state.Facts with { Contacts = [.. state.Facts.Contacts.Where(other => other != contact), change(contact)] };
    }

    private void Withdraw(Decision decision, string? consentKind)
    {
        Customer known = state.Facts.Customer;
        Consent left = consentKind switch
        {
            "email" => known.Consent with { Email = false },
            "sms" => known.Consent with { Sms = false },
            _ => known.Consent,
        };
        if (consentKind is null)
            return;
        Keep(decision, known with { Consent = left, Version = known.Version + 1 });
        WriteConsent(decision, known.Consent, left, Actor);
    }
}
