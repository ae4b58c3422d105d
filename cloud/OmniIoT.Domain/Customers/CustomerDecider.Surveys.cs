using System.Text.Json;
using System.Text.Json.Nodes;
using OmniIoT.Devices;
using OmniIoT.Devices.Time;
using OmniIoT.Domain.Answers;
using OmniIoT.Domain.Cases;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Delivery;
using OmniIoT.Domain.Desk;
using OmniIoT.Domain.Desk.Channels;
using OmniIoT.Domain.Effects;
using OmniIoT.Domain.Figures;
using OmniIoT.Domain.Text;
using OmniIoT.Domain.Timeline;
using OmniIoT.Domain.Voice;

namespace OmniIoT.Domain.Customers;

// What the customer is asked after something of theirs has ended, and what they say.
public sealed partial class CustomerDecider
{
    private const int MostSurveysDue = 20;

    /// <summary>Questions that can still be answered.</summary>
    private const int MostSurveysOpen = 5;

    private const string Followers = "system";

    /// <summary>Whether a survey may be sent in a wake-up at this time.</summary>
    public bool HasSurveyDue(Instant now) => state.Facts.SurveysDue.Any(due => due.DueAt <= now);

    /// <summary>A case of the customer's was resolved.</summary>
    public void Handle(Decision decision, CaseEnded ended)
    {
        Conversation? about = Newest?.CaseId == ended.Of.CaseId ? Newest : state.Facts.Closed;
        if (about?.CaseId != ended.Of.CaseId)
            about = null;
        string? channel = about?.Channel ?? state.Facts.Contacts.MaxBy(static contact => contact.At)?.Channel;
        PlanSurveys(decision, SurveyOccasion.CaseResolved, ended.Of with { Channel = channel, ConversationId = about?.Id }, ended.At);
    }

    /// <summary>An answer on the page of a question.</summary>
    public Reply<SurveyRequest> Handle(Decision decision, AnswerSurvey request)
    {
        if (state.Facts.Surveys.FirstOrDefault(one => one.Id == request.RequestId) is not { } asked || asked.IsOver(decision.Moment.Now))
            return Rejection.Conflict("SurveyOver", "The question was answered before, or its time is over.");
        return asked.Type.Has(request.Reply.Score)
            ? Answered(decision, asked, request.Reply, asked.Channel)
            : Rejection.Invalid("ScoreOutOfRange", $"The score must be {asked.Type.Lowest()} to {asked.Type.Highest()}.", "/score");
    }

    private void PlanSurveys(Decision decision, SurveyOccasion on, SurveySubject of, Instant at)
    {
        foreach (Survey survey in decision.Moment.Catalog.Surveys.Values.OrderBy(static one => one.Id, StringComparer.Ordinal))
        {
            SurveyDue due = new(survey.Id, at + survey.Delay, of);
            if (
                survey.On != on
                || !survey.Enabled
                || state.Facts.SurveysDue.Count >= MostSurveysDue
                || state.Facts.SurveysDue.Contains(due)
            )
                continue;
            state.Facts = state.Facts with { SurveysDue = [.. state.Facts.SurveysDue, due] };
        }
    }

    /// <param name="othersAskedAt">When another of the person was last asked; null: never.</param>
    private void SendSurveys(Decision decision, Instant? othersAskedAt)
    {
        Instant now = decision.Moment.Now;
        foreach (SurveyDue due in state.Facts.SurveysDue.Where(due => due.DueAt <= now).ToList())
        {
            state.Facts = state.Facts with { SurveysDue = [.. state.Facts.SurveysDue.Where(other => other != due)] };
            Instant? last = state.Facts.LastSurveyAt is { } own && !(othersAskedAt > own) ? own : othersAskedAt;
            if (
                decision.Moment.Catalog.Surveys.GetValueOrDefault(due.SurveyId) is { Enabled: true } survey
                && !(last is { } asked && now - asked < TimeSpan.FromDays(survey.MaxPerDays))
                && !IsOpenAgain(survey, due)
                && FindDeparture(decision, survey, due) is { Channel: { } channel } departure
            )
                Send(decision, survey, due.Of with { Channel = channel.Id }, departure);
        }
        state.Facts = state.Facts with { Surveys = [.. state.Facts.Surveys.Where(one => !one.IsOver(now)).TakeLast(MostSurveysOpen)] };
    }

    /// <summary>Who talks on is asked when that has ended.</summary>
    private bool IsOpenAgain(Survey survey, SurveyDue due) =>
        survey.On is SurveyOccasion.ConversationClosed && due.Of.ConversationId is { } id && Find(id) is not null;

    private Departure? FindDeparture(Decision decision, Survey survey, SurveyDue due)
    {
        foreach (string channel in survey.Channels ?? (due.Of.Channel is { } used ? [used] : []))
        {
            Departure departure = Reach.On(channel, hasTemplate: false, decision.Moment);
            if (departure.Channel is not null)
                return departure;
        }
        return null;
    }

    private void Send(Decision decision, Survey survey, SurveySubject of, Departure departure)
    {
        Channel channel = departure.Channel!;
        string locale = Locales.Of(Known.Locale) ?? Locales.English;
        string question = SurveyWords.Question(survey, locale);
        Conversation conversation = TalkOf(decision, of.ConversationId, channel.Id, question);
        SurveyRequest asked = new()
        {
            Id = decision.Moment.NewId(),
            // Two codes of 40 bits.
            Token = decision.Moment.NewOfferCode() + decision.Moment.NewOfferCode(),
            SurveyId = survey.Id,
            Type = survey.Type,
            Question = question,
            Locale = locale,
            CustomerId = Id,
            Channel = channel.Id,
            Of = of with { ConversationId = conversation.Id },
            SentAt = decision.Moment.Now,
            FollowUpBelow = survey.FollowUpBelow,
        };
        state.Facts = state.Facts with
        {
            Surveys = [.. state.Facts.Surveys.TakeLast(MostSurveysOpen - 1), asked],
            LastSurveyAt = decision.Moment.Now,
        };
        decision.Emit(new PutSurveyRequest(asked));
        string address = $"{decision.Moment.Settings.Desk.PublicAddress}/s/{asked.Token}";
        int most = ChannelKinds.All[channel.Type].MaximumLength;
        PostMessage words = new(
            conversation.Id,
            Followers,
            TextCut.Shortened(SurveyWords.Message(survey.Type, question, locale, address), most)
        );
        ConversationMessage message = Words(decision, words, TimelineDirection.Out, channel.Id) with
        {
            ConversationId = conversation.Id,
            State = channel.Type == ChannelKinds.WebChat ? MessageState.Sent : MessageState.Queued,
            To = departure.To,
        };
        decision.Emit(new AppendMessage(message, Id));
        Push(decision, message);
        if (departure.To is { } to)
            decision.Emit(new SendMessage(Outgoing(new MessageStored(conversation, message), words, to)));
        else
            Notify(decision, message);
        Tell(decision, asked, TimelineKind.SurveySent, TimelineDirection.Out, Followers, (Sentence.Of(SentenceKinds.SurveySent), question));
        decision.Count(Measures.Asked, SubjectOf(asked, []));
    }

    /// <summary>What the question stands in: the talk that it is about, else the last one, else one that is over when it begins.</summary>
    private Conversation TalkOf(Decision decision, string? conversationId, string channel, string subject)
    {
        Conversation? closed = state.Facts.Closed;
        if (conversationId is not null && (Find(conversationId) ?? (closed?.Id == conversationId ? closed : null)) is { } about)
            return about;
        if ((Newest ?? closed) is { } last)
            return last;
        Conversation begun = Begin(decision, channel, subject, Followers);
        return Keep(decision, begun with { Status = ConversationStatus.Closed, ClosedAt = decision.Moment.Now });
    }

    /// <summary>
    /// The customer's words where they begin with the score that the company asked for there: they are the answer, and neither a contact
    /// nor a reason to open anything again. Null: they are words like any other.
    /// </summary>
    private MessageStored? TakeAsAnswer(Decision decision, ReceiveMessage request, ConversationMessage message)
    {
        foreach (SurveyRequest asked in state.Facts.Surveys.Reverse())
        {
            if (asked.Read(request, decision.Moment.Now) is not { } reply)
                continue;
            Conversation conversation = TalkOf(decision, asked.Of.ConversationId, request.Channel, asked.Question);
            ConversationMessage said = message with { ConversationId = conversation.Id };
            decision.Emit(new AppendMessage(said, Id));
            Answered(decision, asked, reply, request.Channel);
            return new MessageStored(conversation, said);
        }
        return null;
    }

    private SurveyRequest Answered(Decision decision, SurveyRequest asked, SurveyReply reply, string channel)
    {
        SurveyRequest answered = asked with
        {
            AnsweredAt = decision.Moment.Now,
            Score = reply.Score,
            Text = reply.Text,
            Themes = decision.Moment.Catalog.Themes.In(reply.Text),
        };
        if (reply.Score < asked.FollowUpBelow)
            answered = answered with { FollowUpCaseId = FollowUp(decision, answered).Id };
        state.Facts = state.Facts with
        {
            Surveys = [.. state.Facts.Surveys.Where(one => one.Id != asked.Id)],
            IsDissatisfied = asked.Type.IsBad(reply.Score),
            AnsweredAt = decision.Moment.Now,
            FollowUpCaseId = answered.FollowUpCaseId ?? state.Facts.FollowUpCaseId,
        };
        decision.Emit(new PutSurveyRequest(answered));
        Sentence says = Sentence.Of(SentenceKinds.SurveyAnswered, ("score", reply.Score), ("highest", asked.Type.Highest()));
        Tell(decision, answered with { Channel = channel }, TimelineKind.SurveyAnswered, TimelineDirection.In, Actor, (says, reply.Text));
        decision.CountScore(Word(asked.Type), SubjectOf(answered, answered.Themes), reply.Score);
        if (asked.Of.DeviceId is not null)
            decision.Count(Measures.Answered, SubjectOf(answered, []) with { Themes = null });
        return answered;
    }

    /// <summary>Somebody is to make good what went wrong; until that is done they are offered nothing.</summary>
    private Case FollowUp(Decision decision, SurveyRequest answered) =>
        decision.Open(
            new NewCase(Case.FollowUpTitle, CasePriority.High, answered.Of.Queue ?? DefaultQueue)
            {
                CustomerId = Id,
                Opener = CaseOpener.Rule,
                Actor = Followers,
                At = decision.Moment.Now,
                FirstSymptomAt = decision.Moment.Now,
                Why = answered.Text,
            }
        );

    private void Tell(
        Decision decision,
        SurveyRequest asked,
        string kind,
        TimelineDirection direction,
        string actor,
        (Sentence Title, Wording Text) words
    ) =>
        decision.Append(
            new Happening(kind, actor, words.Title, words.Text)
            {
                CustomerId = Id,
                At = decision.Moment.Now,
                Channel = asked.Channel,
                Direction = direction,
                Refs = new TimelineRefs
                {
                    CaseId = asked.Of.CaseId,
                    ConversationId = asked.Of.ConversationId,
                    DeviceId = asked.Of.DeviceId,
                },
                Data = new JsonObject
                {
                    ["surveyId"] = asked.SurveyId,
                    ["type"] = Word(asked.Type),
                    ["score"] = asked.Score,
                    ["themes"] = new JsonArray([.. asked.Themes.Select(static theme => (JsonNode?)theme)]),
                    ["followUpCaseId"] = asked.FollowUpCaseId,
                },
            }
        );

    private static FigureSubject SubjectOf(SurveyRequest asked, IReadOnlyList<string> themes) =>
        new()
        {
            Channel = asked.Channel,
            Queue = asked.Of.Queue,
            Agent = asked.Of.Agent,
            Themes = themes,
        };

    private static string Word(SurveyType type) => JsonNamingPolicy.CamelCase.ConvertName(type.ToString());
}
