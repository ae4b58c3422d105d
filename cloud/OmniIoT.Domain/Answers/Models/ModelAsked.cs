using OmniIoT.Devices.Topics;
using OmniIoT.Domain.Delivery;

namespace OmniIoT.Domain.Answers.Models;

/// <summary>A customer's words that their bot cannot answer by itself: a language model is asked, and the conversation told.</summary>
/// <param name="MessageId">Of the customer's words.</param>
/// <param name="Locale">Of <see cref="Locales"/>.</param>
public sealed record ModelAsked(string CustomerId, string ConversationId, string MessageId, string Text, string Locale) : LetterContent
{
    /// <summary>Nothing else of the conversation waits for it.</summary>
    public override string Target => "model:" + ConversationId;

    public override EntityId Principal => EntityId.Customer(CustomerId);

    public override string Topic => PlatformTopics.Messages(CustomerId);
}

/// <summary>What came of it.</summary>
/// <param name="Answer">Null: none that is worth anything, or none in time.</param>
/// <param name="Devices">Of the customer.</param>
public sealed record ModelAnswered(ModelAsked Asked, ModelAnswer? Answer, IReadOnlyList<Bots.DeviceReport> Devices);
