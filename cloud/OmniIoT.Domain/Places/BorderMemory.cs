using System.Collections.Immutable;
using OmniIoT.Devices.Time;

namespace OmniIoT.Domain.Places;

/// <summary>
/// The fences that somebody left, or is leaving, and may still be at the border of: an error circle holds the truth in two of three
/// cases, so that from a
/// border some fixes lie wholly outside and others well inside. Such a fence is not entered again before the person was clearly beyond.
/// </summary>
internal sealed class BorderMemory(ImmutableArray<LeftFence> left, VisitSettings settings)
{
    private readonly List<LeftFence> _left = [.. left.IsDefault ? [] : left];

    public ImmutableArray<LeftFence> All => [.. _left];

    public bool Holds(string fenceId) => _left.Exists(fence => fence.FenceId == fenceId);

    /// <summary>Remembers a fence that the newest fix, at this device time, is the first to lie wholly outside of.</summary>
    public void Add(string fenceId, Instant outsideSince) => _left.Add(new LeftFence(fenceId, outsideSince));

    public void Remove(string fenceId) => _left.RemoveAll(fence => fence.FenceId == fenceId);

    public void Clear() => _left.Clear();

    /// <summary>Forgets the fences that the fix, or the time since, leaves no doubt of.</summary>
    public void Take(LocationFix fix, FenceIndex fences, List<Fence> covering)
    {
        for (int i = _left.Count - 1; i >= 0; i--)
        {
            if (Next(_left[i], fix, fences, covering) is { } next)
                _left[i] = next;
            else
                _left.RemoveAt(i);
        }
    }

    private LeftFence? Next(LeftFence left, LocationFix fix, FenceIndex fences, List<Fence> covering)
    {
        if (!fences.TryGet(left.FenceId, out _))
            return null;
        double accuracies = FixPlausibility.AccuraciesFromBorder(fix, left.FenceId, fences);
        bool isOutside = accuracies > 1 && !covering.Exists(fence => fence.Id == left.FenceId);
        Instant? since = isOutside ? left.OutsideSince ?? fix.At : null;
        bool isClear = accuracies > settings.ClearlyBeyond || (since is { } outside && fix.At - outside >= settings.AbsentAfter);
        return isClear ? null : left with { OutsideSince = since };
    }
}
