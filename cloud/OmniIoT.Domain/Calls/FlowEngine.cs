using OmniIoT.Domain.Answers.Bots;

namespace OmniIoT.Domain.Calls;

/// <summary>How a call goes through a flow: the same flow, place, input and view always give the same step. Pure.</summary>
public static class FlowEngine
{
    /// <summary>The first step of a call.</summary>
    public static CallStep Begin(Flow flow, CallView view) => new FlowWalk(flow, view).From(flow.Start);

    /// <summary>The only step of a call that no flow answers: a person does.</summary>
    public static CallStep ToPerson(CallView view) => new FlowWalk(Flow.None, view).ToPerson("");

    /// <summary>The step after an input. Where nothing is waited for it is what it was.</summary>
    /// <param name="at">Where the call is; a node that is no more leads to the queue of the conversation.</param>
    public static CallStep Next(Flow flow, CallPosition at, CallInput input, CallView view)
    {
        FlowWalk walk = new(flow, view);
        return flow.Find(at.Node) switch
        {
            FlowNode.Gather gather => Answered(gather, at, input, walk),
            FlowNode.Voicemail { Next: { } next } => walk.Saying(BotWords.Of("voiceThanks", view.Locale)).From(next),
            FlowNode.Voicemail => walk.Saying(BotWords.Of("voiceThanks", view.Locale)).End(at.Node),
            { } => walk.From(at.Node),
            null => walk.ToPerson(at.Node),
        };
    }

    private static CallStep Answered(FlowNode.Gather gather, CallPosition at, CallInput input, FlowWalk walk)
    {
        if (gather.Choices.FirstOrDefault(choice => IsMeant(choice, input, walk.View.Locale)) is { } chosen)
            return walk.From(chosen.Next);
        int tries = at.Tries + 1;
        return tries >= gather.Tries ? walk.From(gather.Exhausted) : walk.AskAgain(at.Node, gather, tries);
    }

    /// <summary>Words of the caller's language are looked for first; who speaks another is understood as well.</summary>
    private static bool IsMeant(FlowChoice choice, CallInput input, string locale)
    {
        if (input.Digits == choice.Key || input.Speech?.Trim().TrimEnd('.') == choice.Key)
            return true;
        return input.Speech is { } speech
            && (
                choice.Words.GetValueOrDefault(locale) is { } own && own.Any(word => SpokenWords.Has(speech, word))
                || choice.Words.Values.Any(words => words.Any(word => SpokenWords.Has(speech, word)))
            );
    }
}
