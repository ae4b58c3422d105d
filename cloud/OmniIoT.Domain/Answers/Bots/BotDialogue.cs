using OmniIoT.Domain.Answers.Meaning;
using OmniIoT.Domain.Desk;

namespace OmniIoT.Domain.Answers.Bots;

/// <summary>
/// How a bot goes on in a conversation: it says nothing twice, asks back only so often, and hands over when it does not know. Pure.
/// </summary>
public static class BotDialogue
{
    public static BotStep Next(Bot bot, Knowledge knowledge, BotQuestion question, BotTalk before)
    {
        BotTalk talk = before with { Turns = before.Turns + 1, AskedAbout = null };
        if (before.Form is { } form)
            return Fill(form, question, talk);
        IReadOnlyList<string> about = AnswerIndex.TagsOf(question.Text);
        if (before.AskedAbout is not null && about.Contains(BotConcepts.Yes))
            return Person(talk, question, "it is about what the device reports");
        BotVerdict verdict = BotBrain.Ask(bot, knowledge, question);
        bool isAnswer = verdict.Key is not null;
        if (verdict.IsMiss && question.HasModel && talk.Turns <= BotTalk.MostTurns)
            return new BotStep(before, "") { Tags = verdict.Tags, AsksModel = true };
        if (!isAnswer && before.Turns > 0 && about.Contains(BotConcepts.Thanks))
            return Said(bot, question, before, talk, BotWords.Of("welcome", question.Locale));
        BotStep step = Go(bot, question, before, talk, verdict);
        return step with { Tags = verdict.Tags, Queue = verdict.Queue };
    }

    /// <summary>Goes on with what a language model says; null: with what the bot knows by itself, which is that it does not.</summary>
    public static BotStep Next(Bot bot, Knowledge knowledge, BotQuestion question, BotTalk before, BotVerdict? ofModel)
    {
        if (ofModel is null)
            return Next(bot, knowledge, question with { HasModel = false }, before);
        BotTalk talk = before with { Turns = before.Turns + 1, AskedAbout = null };
        return Go(bot, question, before, talk, ofModel) with { Tags = AnswerIndex.TagsOf(question.Text) };
    }

    /// <summary>
    /// Nobody is there to go on: it waits for them all the same, and the customer is asked once how and when to be reached.
    /// </summary>
    public static BotStep WhileClosed(BotStep step, BotQuestion question)
    {
        if (step.Filled.Count > 0)
            return step;
        string ask = BotWords.Of("closedNow", question.Locale);
        return step with { Talk = step.Talk with { Form = new BotFormState("", ["contact"], [ask], []) }, Text = ask };
    }

    private static BotStep Go(Bot bot, BotQuestion question, BotTalk before, BotTalk talk, BotVerdict verdict)
    {
        bool didNotHelp = before.Told.Count > 0 && AnswerIndex.TagsOf(question.Text).Contains(BotConcepts.Unhelpful);
        if (didNotHelp)
            return Person(talk, question, "what the bot told did not help");
        if (verdict.Outcome is BotOutcome.Handover && !verdict.IsMiss)
            return Person(talk, question, "the customer asked for it");
        if (verdict.Key is { } key && before.Told.Contains(key))
            return Person(talk, question, "the bot has told all that it knows");
        if (talk.Turns > BotTalk.MostTurns)
            return Person(talk, question, "the talk became long");
        if (verdict.Form is { } form)
            return Said(bot, question, before, talk with { Form = Begin(verdict.Intent ?? "", form, question.Locale) }, verdict.Text);
        if (verdict.DeviceId is { } device)
            return Asked(bot, question, before, talk with { AskedAbout = device }, verdict.Text);
        if (verdict.IsMiss)
            return Missed(bot, question, before, talk, verdict);
        talk = verdict.Key is { } told ? talk with { Told = [.. talk.Told, told] } : talk;
        return Said(bot, question, before, talk, verdict.Text);
    }

    /// <summary>The device was asked about once before and the customer still was not understood: that is a miss.</summary>
    private static BotStep Asked(Bot bot, BotQuestion question, BotTalk before, BotTalk talk, string text) =>
        before.Misses + 1 > bot.HandoverAfter || before.AskedAbout == talk.AskedAbout
            ? Person(talk with { AskedAbout = null }, question, "the bot did not understand the customer")
            : Said(bot, question, before, talk with { Misses = talk.Misses + 1 }, text, greetsWithDevice: false);

    private static BotStep Missed(Bot bot, BotQuestion question, BotTalk before, BotTalk talk, BotVerdict verdict)
    {
        talk = talk with { Misses = talk.Misses + 1 };
        if (talk.Misses >= bot.HandoverAfter)
            return Person(talk, question, "the bot does not know it") with { IsGap = true };
        string text = verdict.Outcome is BotOutcome.Ask ? verdict.Text : BotWords.Of("sayOtherwise", question.Locale);
        return Said(bot, question, before, talk, text) with { IsGap = true };
    }

    /// <summary>At the beginning with the greeting.</summary>
    private static BotStep Said(Bot bot, BotQuestion question, BotTalk before, BotTalk talk, string text, bool greetsWithDevice = true)
    {
        if (before.Turns > 0)
            return new BotStep(talk, text);
        string? greeting = bot.Greeting?.In(question.Locale);
        string? device =
            greetsWithDevice && question.Troubled is { Alarm: { } alarm } troubled ? BotWords.Reports(troubled, alarm, question) : null;
        bool isTold = device is not null && text.Contains(device, StringComparison.Ordinal);
        IEnumerable<string> parts = new[] { greeting, isTold ? null : device, text }.OfType<string>();
        return new BotStep(talk, string.Join("\n", parts));
    }

    private static BotStep Person(BotTalk talk, BotQuestion question, string reason) =>
        new(talk with { HandedOver = true, Form = null }, BotWords.Of("bringsPerson", question.Locale)) { Reason = reason };

    private static BotFormState Begin(string intent, BotAnswer.OfForm form, string locale) =>
        new(intent, [.. form.Fields.Select(static field => field.Name)], [.. form.Fields.Select(field => field.Ask.In(locale))], []);

    /// <summary>Whatever is said while a form is open answers what was asked last.</summary>
    private static BotStep Fill(BotFormState form, BotQuestion question, BotTalk talk)
    {
        BotFormState filled = form with { Answers = [.. form.Answers, question.Text] };
        if (filled.Answers.Count < filled.Names.Count)
            return new BotStep(talk with { Form = filled }, filled.Asks[filled.Answers.Count]);
        string[] tags = filled.Intent.Length > 0 ? [filled.Intent] : [];
        return Person(talk, question, "a form is filled in") with { Tags = tags, Filled = [.. filled.Names.Zip(filled.Answers)] };
    }
}
