using System.Globalization;
using System.Text;
using OmniIoT.Devices;
using OmniIoT.Domain.Answers;
using OmniIoT.Domain.Answers.Bots;
using OmniIoT.Domain.Answers.Models;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Delivery;
using OmniIoT.Domain.Desk;
using OmniIoT.Domain.Desk.Channels;
using OmniIoT.Domain.Desk.Routing;
using OmniIoT.Domain.Effects;
using OmniIoT.Domain.Figures;
using OmniIoT.Domain.Timeline;

namespace OmniIoT.Domain.Customers;

// A bot that answers first, in the turn that takes the customer's words: both are there, or neither.
public sealed partial class CustomerDecider
{
    private const int MostTags = 20;

    /// <summary>Letters of words that a language model is asked about.</summary>
    private const int MostAsked = 2_000;

    /// <summary>Whoever answers before a person does; null: nobody, or a person has it.</summary>
    private Bot? FindBot(Decision decision, Conversation conversation)
    {
        bool isAPersons = conversation.WaitingSince is not null || conversation.Bot is { HandedOver: true };
        bool isAsked = conversation.Bot is { Form: not null };
        if (conversation.Assignee is not null || (isAPersons && !isAsked) || ContactOn(conversation.Channel) is { HasOptedOut: true })
            return null;
        Catalog catalog = decision.Moment.Catalog;
        return catalog.FindChannel(conversation.Channel)?.Bot is { } id ? catalog.Answers.Bots.GetValueOrDefault(id) : null;
    }

    private Conversation AnswerByBot(Decision decision, Bot bot, ReceiveMessage request, MessageStored stored)
    {
        Conversation conversation = stored.Conversation;
        BotTalk before = conversation.Bot ?? new BotTalk(bot.Id);
        BotTalk talk = before with { AsksModelOf = null };
        if (conversation.Bot is null)
            decision.Count(Measures.BotContacts, BotFigures(conversation, bot));
        BotQuestion question = QuestionOf(decision, request.Text, request.Devices);
        BotStep step = BotDialogue.Next(bot, decision.Moment.Catalog.Answers, question, talk);
        return step.AsksModel
            ? AskModel(decision, question, before.AsksModelOf, stored, talk)
            : Follow(decision, bot, question, step, conversation with { Bot = talk });
    }

    /// <summary>Nothing is said until it has answered, or its time is over.</summary>
    /// <param name="before">Who goes on before there is an answer goes on with the question; null: there is none.</param>
    private Conversation AskModel(Decision decision, BotQuestion question, AskedWords? before, MessageStored stored, BotTalk talk)
    {
        string text = before is null ? question.Text : TextCut.Shortened($"{before.Text}\n{question.Text}", MostAsked);
        ModelAsked asked = new(Id, stored.Conversation.Id, stored.Message.Id, text, question.Locale);
        decision.Emit(new Tell(new GrainLetter(decision.Moment.NewId(), asked)));
        return Keep(decision, stored.Conversation with { Bot = talk with { AsksModelOf = new AskedWords(stored.Message.Id, text) } });
    }

    /// <summary>
    /// What a language model says, or that it says nothing. Whoever wrote again meanwhile, or has a person, is not answered.
    /// </summary>
    public void Handle(Decision decision, ModelAnswered answered)
    {
        ModelAsked asked = answered.Asked;
        if (Find(asked.ConversationId) is not { Bot: { } talk } conversation || talk.AsksModelOf?.MessageId != asked.MessageId)
            return;
        talk = talk with { AsksModelOf = null };
        if (FindBot(decision, conversation) is not { } bot)
        {
            LeaveToPeople(decision, conversation with { Bot = talk with { HandedOver = true } });
            return;
        }
        Knowledge knowledge = decision.Moment.Catalog.Answers;
        BotQuestion question = QuestionOf(decision, asked.Text, answered.Devices) with { Locale = asked.Locale };
        BotVerdict? told = ModelQuestion.Of(knowledge, question).Accept(answered.Answer);
        Follow(decision, bot, question, BotDialogue.Next(bot, knowledge, question, talk, told), conversation with { Bot = talk });
    }

    /// <summary>The bot is gone, or a person came: who asked still waits for somebody.</summary>
    private void LeaveToPeople(Decision decision, Conversation conversation) =>
        Keep(decision, conversation.Assignee is null && conversation.ContactAt is not null ? Asked(decision, conversation) : conversation);

    private Conversation Follow(Decision decision, Bot bot, BotQuestion question, BotStep step, Conversation conversation)
    {
        if (step.IsGap && Gap.Note(question.Text, question.Locale, decision.Moment.Now, Gap.OfBot, Known.Name) is { } gap)
            decision.Emit(gap);
        bool wasHandedOver = conversation.Bot is { HandedOver: true };
        conversation = conversation with
        {
            Bot = step.Talk,
            Tags = [.. conversation.Tags.Union(step.Tags).Take(Math.Max(MostTags, conversation.Tags.Count))],
        };
        if (step.HandsOver)
        {
            string queue = step.Queue ?? (wasHandedOver ? conversation.Queue : bot.Queue ?? conversation.Queue);
            if (!decision.Moment.Catalog.Desk.IsOpen(queue, decision.Moment.Now))
                step = BotDialogue.WhileClosed(step, question);
            conversation = HandOver(decision, step with { Queue = queue }, bot, question, conversation with { Bot = step.Talk });
        }
        return Speak(decision, bot, conversation, step.Text);
    }

    private BotQuestion QuestionOf(Decision decision, string text, IReadOnlyList<DeviceReport> devices) =>
        new(text, Locales.Detect(text, Known.Locale))
        {
            Devices = devices,
            IsByCustomer = true,
            HasModel = decision.Moment.Settings.Desk.AsksModel,
            Now = decision.Moment.Now,
            Zone = ZoneOf(Known.TimeZone),
            HelpAddress = decision.Moment.Settings.Desk.PublicAddress,
        };

    private static TimeZoneInfo ZoneOf(string? name) =>
        name is not null && TimeZoneInfo.TryFindSystemTimeZoneById(name, out TimeZoneInfo? zone) ? zone : TimeZoneInfo.Utc;

    /// <summary>
    /// A person goes on, in the queue that is meant, with a note of what is known. While nobody is there the customer is first asked how to
    /// be reached.
    /// </summary>
    private Conversation HandOver(Decision decision, BotStep step, Bot bot, BotQuestion question, Conversation conversation)
    {
        string queue = step.Queue!;
        if (conversation.ContactAt is not null && conversation.WaitingSince is null)
            decision.Count(Measures.BotHandovers, BotFigures(conversation, bot));
        bool isMoved = queue != conversation.Queue;
        Conversation handed = Asked(
            decision,
            conversation with
            {
                Queue = queue,
                DeviceId = conversation.DeviceId ?? question.Troubled?.DeviceId,
                CaseId = conversation.CaseId ?? question.Troubled?.Alarm?.CaseId,
                Routing = isMoved ? RoutingState.Enter(decision.Moment.Now) : conversation.Routing,
            }
        );
        PostMessage note = new(handed.Id, AuthorOf(bot), Summary(step, question, handed));
        return Say(decision, handed, Words(decision, note, TimelineDirection.Internal, handed.Channel)).Conversation;
    }

    /// <summary>
    /// What an agent sees first: why, what about, the device with its reading, what was filled in. The talk itself is above it.
    /// </summary>
    private static string Summary(BotStep step, BotQuestion question, Conversation conversation)
    {
        StringBuilder note = new();
        note.Append(CultureInfo.InvariantCulture, $"Handed over by the bot: {step.Reason}");
        if (step.Tags.Count > 0)
            note.Append("\nAbout: ").AppendJoin(", ", step.Tags);
        foreach (DeviceReport device in question.Devices)
        {
            note.Append(CultureInfo.InvariantCulture, $"\n{device.Name} ({device.DeviceId}): ");
            if (device.Alarm is not { } alarm)
                note.Append("no alarm");
            else
            {
                note.Append(CultureInfo.InvariantCulture, $"{alarm.Type} since {alarm.Since}");
                if (alarm.Value is { } value)
                    note.Append(CultureInfo.InvariantCulture, $", {alarm.Metric ?? "value"} {value}");
            }
        }
        if (conversation.CaseId is { } caseId)
            note.Append("\nCase: ").Append(caseId);
        foreach ((string name, string answer) in step.Filled)
            note.Append(CultureInfo.InvariantCulture, $"\n{name}: {answer}");
        return note.ToString();
    }

    /// <summary>Where the words may not leave the customer is waited on by a person, who sees why.</summary>
    private Conversation Speak(Decision decision, Bot bot, Conversation conversation, string text)
    {
        Departure departure = Reach.On(conversation.Channel, hasTemplate: false, decision.Moment);
        if (departure.Channel is not { } channel)
        {
            BotTalk silent = (conversation.Bot ?? new BotTalk(bot.Id)) with { HandedOver = true };
            return Keep(decision, Asked(decision, conversation with { Bot = silent }));
        }
        int most = ChannelKinds.All[channel.Type].MaximumLength;
        PostMessage words = new(conversation.Id, AuthorOf(bot), TextCut.Shortened(text, most));
        return Answer(decision, conversation, words, departure).Result!.Conversation;
    }

    /// <summary>As part of what is counted of the contact itself.</summary>
    private static FigureSubject BotFigures(Conversation conversation, Bot bot) => FiguresOf(conversation) with { Bot = bot.Id };

    private static string AuthorOf(Bot bot) => "bot:" + bot.Id;
}
