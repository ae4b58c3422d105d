namespace OmniIoT.TestKit.Hosting;

/// <summary>A machine's clock as one program sees it, which the test sets while that runs; the clock that only goes on goes on.</summary>
public sealed class SetClock : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly string _file;

    public SetClock()
    {
        string library = InstalledProgram.RequireFakeTime();
        _file = Path.Combine(_directory.Path, "clock");
        Set("+0");
        Variables = [$"LD_PRELOAD={library}", $"FAKETIME_TIMESTAMP_FILE={_file}", "FAKETIME_NO_CACHE=1", "FAKETIME_DONT_FAKE_MONOTONIC=1"];
    }

    /// <summary>For the program's environment.</summary>
    public IReadOnlyList<string> Variables { get; }

    /// <param name="ahead">Of the true time, such as <c>+1200d</c>.</param>
    public void Set(string ahead)
    {
        string draft = _file + ".new";
        File.WriteAllText(draft, ahead + "\n");
        File.Move(draft, _file, overwrite: true);
    }

    public void Dispose() => _directory.Dispose();
}
