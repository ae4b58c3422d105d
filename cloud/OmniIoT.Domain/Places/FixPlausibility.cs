namespace OmniIoT.Domain.Places;

/// <summary>Whether a fix can be believed.</summary>
internal static class FixPlausibility
{
    // Phones stamp a burst of fixes within moments of each other, and correct themselves by a mile or two when satellites follow a cell;
    // over so short a time that would look like a flight.
    private const double ShortestSeconds = 30;

    public static bool IsValid(LocationFix fix) =>
        fix.Position.IsOnEarth && (fix.AccuracyMeters is not { } accuracy || (double.IsFinite(accuracy) && accuracy >= 0));

    /// <summary>Even from edge to edge of the two error circles, the way was too long for the time.</summary>
    public static bool IsTooFast(LocationFix from, LocationFix to, double maxSpeedMetersPerSecond)
    {
        double seconds = Math.Max((to.At - from.At).TotalSeconds, ShortestSeconds);
        double meters = Geodesy.DistanceMeters(from.Position, to.Position) - (from.AccuracyMeters ?? 0) - (to.AccuracyMeters ?? 0);
        return meters > maxSpeedMetersPerSecond * seconds;
    }

    /// <summary>
    /// Whether a fix inside a fence begins a visit. It does when its error circle lies wholly inside; and, up to the trusted
    /// accuracy, already when the fix lies inside by half its accuracy. Accuracy is the radius that holds the truth in 68 of
    /// 100 cases, so beside a straight border the person is then inside in about 77 of 100.
    /// </summary>
    public static bool IsCertainlyInside(LocationFix fix, Fence fence, FenceIndex fences, VisitSettings settings)
    {
        if (fix.AccuracyMeters is not { } accuracy || accuracy == 0)
            return true;
        double depth = fences.DistanceToBorderMeters(fence.Id, fix.Position);
        return depth >= (accuracy <= settings.TrustedAccuracyMeters ? accuracy / 2 : accuracy);
    }

    /// <summary>Whether the whole error circle lies outside a fence that does not cover the fix.</summary>
    public static bool IsWhollyOutside(LocationFix fix, string fenceId, FenceIndex fences) =>
        AccuraciesFromBorder(fix, fenceId, fences) > 1;

    /// <summary>How far beside the border the fix lies, in accuracies; infinite when it is exact.</summary>
    public static double AccuraciesFromBorder(LocationFix fix, string fenceId, FenceIndex fences) =>
        fix.AccuracyMeters is not { } accuracy || accuracy == 0
            ? double.PositiveInfinity
            : fences.DistanceToBorderMeters(fenceId, fix.Position) / accuracy;
}
