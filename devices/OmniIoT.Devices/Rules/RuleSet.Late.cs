using OmniIoT.Devices.Metrics;
using OmniIoT.Devices.Rules.History;
using OmniIoT.Devices.Rules.Nodes;
using OmniIoT.Devices.Time;

namespace OmniIoT.Devices.Rules;

public sealed partial class RuleSet
{
    /// <summary>How far back late readings are judged where they lie, at most.</summary>
    public static readonly TimeSpan LongestReach = TimeSpan.FromMilliseconds(HistoryScope.LongestReach);

    /// <summary>
    /// Puts the message into the history. A late one is judged there with all that follows it: false when it lies before everything that is
    /// known.
    /// </summary>
    private bool Remember(RuleState state, in Observation observation, bool isNewest, List<AlarmCorrection> corrections)
    {
        if (state.History is not { } history || !observation.MovesTime)
            return false;
        long at = observation.At.UnixMilliseconds;
        if (state.NewestAt == RuleState.Never)
            history.BeginWith(_nothing!);
        if (isNewest)
        {
            history.Append(at);
            return false;
        }
        if (history.Insert(at, state.NewestAt) is not { } place)
            return false;
        if (!JudgeAgain(state, history, place, observation.Values, corrections))
        {
            history.Forget();
            return false;
        }
        Shorten(history);
        history.Note(state, observation.Values.Slots);
        return true;
    }

    /// <summary>
    /// Judges what follows a place in the history without the late message, which must end in what is known, and with it; what differs is
    /// the correction. False when it does not: then something else than readings has changed what is known.
    /// </summary>
    private bool JudgeAgain(
        RuleState state,
        ReadingHistory history,
        in HistoryPlace place,
        MetricTable values,
        List<AlarmCorrection> corrections
    )
    {
        List<RuleTransition> told = [];
        Checkpoint without = place.From.Copy();
        Replay(without, history.Entries[place.FromIndex..place.Index], told);
        Checkpoint with = without.Copy();
        List<RuleTransition> found = [.. told];
        Replay(without, history.Entries[(place.Index + place.Length)..], told);
        if (!IsAsKnown(state, without.State))
            return false;
        int middle = history.MiddleBehind(place);
        if (middle >= 0)
        {
            Replay(with, history.Entries[place.Index..middle], found);
            history.CorrectMiddle(with);
        }
        Replay(with, history.Entries[(middle >= 0 ? middle : place.Index)..], found);
        for (int i = 0; i < _rules.Length; i++)
        {
            if (!_rules[i].LooksAtReadingsOnly)
                continue;
            Correct(i, Spans(i, place.From.State, told), Spans(i, place.From.State, found), corrections);
            Restore(state, with.State, i);
        }
        for (int slot = 0; slot < _slotsOfHistory.Length; slot++)
            if (_slotsOfHistory[slot])
                values.SetPrevious(slot, with.Slots[slot].PreviousAt);
        return true;
    }

    private void Replay(Checkpoint known, ReadOnlySpan<HeardReading> entries, List<RuleTransition> output)
    {
        foreach (ref readonly HeardReading entry in entries)
        {
            if (entry.Slot != HeardReading.NoSlot)
                known.Slots[entry.Slot].Take(entry.Value, new Instant(entry.At));
            if (!entry.EndsMessage)
                continue;
            Evaluation evaluation = new Evaluation
            {
                Slots = known.Slots,
                State = known.State,
                At = entry.At,
                Advances = true,
                MovesTime = true,
            };
            for (int i = 0; i < _rules.Length; i++)
                if (_rules[i].LooksAtReadingsOnly)
                    Judge(i, evaluation, output);
            known.State.NewestAt = entry.At;
        }
    }

    /// <summary>What is too much of the history becomes what was known before it.</summary>
    private void Shorten(ReadingHistory history)
    {
        if (history.TooMany is not (> 0 and var excess))
            return;
        Checkpoint known = history.Start.Copy();
        Replay(known, history.Entries[..excess], []);
        history.DropOldest(excess, known);
    }

    private bool IsAsKnown(RuleState state, RuleState judged)
    {
        for (int i = 0; i < _rules.Length; i++)
        {
            if (!_rules[i].LooksAtReadingsOnly)
                continue;
            if (
                state.Alarms[i].RaisedAt != judged.Alarms[i].RaisedAt
                || !state.Since.AsSpan(_rules[i].When.Durations).SequenceEqual(judged.Since.AsSpan(_rules[i].When.Durations))
            )
                return false;
        }
        return true;
    }

    private void Restore(RuleState state, RuleState judged, int index)
    {
        Rule rule = _rules[index];
        state.Alarms[index] = judged.Alarms[index];
        judged.Since.AsSpan(rule.When.Durations).CopyTo(state.Since.AsSpan(rule.When.Durations));
        judged.Since.AsSpan(rule.ClearDurations).CopyTo(state.Since.AsSpan(rule.ClearDurations));
    }

    private static List<AlarmSpan> Spans(int index, RuleState before, List<RuleTransition> transitions)
    {
        List<AlarmSpan> spans = [];
        if (before.Alarms[index] is { IsActive: true } standing)
            spans.Add(new AlarmSpan(new Instant(standing.RaisedAt), null, new Instant(standing.FirstSymptomAt), null));
        foreach (RuleTransition transition in transitions)
        {
            if (transition.RuleIndex != index)
                continue;
            if (transition.Kind is RuleTransitionKind.Raised)
                spans.Add(new AlarmSpan(transition.At, null, transition.FirstSymptomAt, transition.Value));
            else
                spans[^1] = spans[^1] with { ClearedAt = transition.At };
        }
        return spans;
    }

    /// <summary>Alarms that have a moment in common are the same one.</summary>
    private static void Correct(int index, List<AlarmSpan> told, List<AlarmSpan> found, List<AlarmCorrection> corrections)
    {
        int first = corrections.Count;
        int known = 0;
        foreach (AlarmSpan span in found)
        {
            for (; known < told.Count && told[known].EndsBefore(span); known++)
                corrections.Insert(first++, new AlarmCorrection(index, told[known], null));
            if (known == told.Count || !told[known].Meets(span))
                corrections.Add(new AlarmCorrection(index, null, span));
            else if (told[known++] is var was && was != span)
                corrections.Add(new AlarmCorrection(index, was, span));
        }
        for (; known < told.Count; known++)
            corrections.Insert(first++, new AlarmCorrection(index, told[known], null));
    }
}
