using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Delivery;
using OmniIoT.Domain.Desk;
using OmniIoT.Domain.Desk.Channels;
using OmniIoT.Domain.Effects;

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
        if (optsOut && KindOn(decision.Moment, request.Channel) is { } kind)
        {
            Withdraw(decision, kind);
            if (Known.Id != Id)
                decision.Emit(new Tell(new GrainLetter(decision.Moment.NewId(), new ConsentWithdrawn(Id, kind))));
        }
    }

    /// <summary>Another customer who is the same person asked to be left alone.</summary>
    public void Handle(Decision decision, ConsentWithdrawn withdrawn)
    {
        if (Without(state.Facts.Customer.Consent, withdrawn.Kind) != state.Facts.Customer.Consent)
            Withdraw(decision, withdrawn.Kind);
    }

    private void Change(string channel, Func<ChannelContact, ChannelContact> change)
    {
        if (ContactOn(channel) is { } contact)
            state.Facts = state.Facts with { Contacts = [.. state.Facts.Contacts.Where(other => other != contact), change(contact)] };
    }

    private void Withdraw(Decision decision, string kind)
    {
        Customer known = state.Facts.Customer;
        Consent left = Without(known.Consent, kind);
        Keep(decision, known with { Consent = left, Version = known.Version + 1 });
        WriteConsent(decision, known.Consent, left, Actor);
    }

    /// <summary>Who allows again what they asked to be spared may be written to again.</summary>
    private void EndOptOuts(Moment moment, Consent before, Consent after)
    {
        state.Facts = state.Facts with
        {
            Contacts =
            [
                .. state.Facts.Contacts.Select(contact =>
                    contact.HasOptedOut
                    && KindOn(moment, contact.Channel) is { } kind
                    && Without(before, kind) == before
                    && Without(after, kind) != after
                        ? contact with
                        {
                            HasOptedOut = false,
                        }
                        : contact
                ),
            ],
        };
    }

    /// <summary>The consent that a channel needs; null: none, or there is no such channel.</summary>
    private static string? KindOn(in Moment moment, string channel) =>
        moment.Catalog.FindChannel(channel) is { } found ? ChannelKinds.All[found.Type].ConsentKind : null;

    private static Consent Without(Consent consent, string kind) =>
        kind switch
        {
            "email" => consent with { Email = false },
            "sms" => consent with { Sms = false },
            _ => consent,
        };
}
