using System.Diagnostics;
using System.Runtime.InteropServices;

namespace OmniIoT.TestKit.Hosting;

/// <summary>A program beside the test, whose lines are gathered as they come.</summary>
public sealed class LineProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Lock _lock = new();
    private readonly List<string> _lines = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private LineProcess(string program, string[] arguments)
    {
        ProcessStartInfo start = ProcessSignals.Listening(program, arguments);
        start.RedirectStandardInput = true;
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Take(line.Data);
        _process.ErrorDataReceived += (_, line) => Take(line.Data);
    }

    /// <summary>What it wrote so far on both its outputs.</summary>
    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_lock)
                return [.. _lines];
        }
    }

    public bool HasExited => _process.HasExited;

    public static LineProcess Start(string program, params string[] arguments)
    {
        LineProcess started = new(program, arguments);
        started._process.Start();
        started._process.BeginOutputReadLine();
        started._process.BeginErrorReadLine();
        return started;
    }

    /// <summary>Writes lines to its input and ends it.</summary>
    public async Task WriteAsync(IEnumerable<string> lines)
    {
        foreach (string line in lines)
            await _process.StandardInput.WriteLineAsync(line);
        _process.StandardInput.Close();
    }

    /// <summary>Writes a line to its input, which stays open.</summary>
    public async Task SayAsync(string line)
    {
        await _process.StandardInput.WriteLineAsync(line);
        await _process.StandardInput.FlushAsync();
    }

    /// <summary>SIGKILL, to those that it started as well: no chance to say goodbye.</summary>
    public async Task KillAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
    }

    /// <summary>The first line, of all that came and will come, that is what is awaited.</summary>
    public async Task<string> SeenAsync(Func<string, bool> isIt, string what) => (await SeenAsync(1, isIt, what))[0];

    /// <summary>The first <paramref name="count"/> such lines.</summary>
    public async Task<IReadOnlyList<string>> SeenAsync(int count, Func<string, bool> isIt, string what)
    {
        IReadOnlyList<string> found = [];
        await SeenAllAsync(lines => (found = [.. lines.Where(isIt).Take(count)]).Count == count, what);
        return found;
    }

    /// <summary>Returns once all lines together are what is awaited.</summary>
    public async Task SeenAllAsync(Func<IReadOnlyList<string>, bool> areThey, string what)
    {
        try
        {
            await Awaited.Within(WaitAsync(areThey), what);
        }
        catch (TimeoutException missing)
        {
            throw new TimeoutException($"{missing.Message} What came ends with:\n{Tail}");
        }
    }

    /// <summary>Its exit code, once it has ended and all its lines are here.</summary>
    public async Task<int> ExitAsync(string what, TimeSpan? patience = null)
    {
        try
        {
            await Awaited.Within(_process.WaitForExitAsync(), $"end of {what}", patience);
        }
        catch (TimeoutException missing)
        {
            throw new TimeoutException($"{missing.Message} What came ends with:\n{Tail}");
        }
        return _process.ExitCode;
    }

    /// <summary>SIGTERM, or SIGINT as Ctrl-C sends it; the exit code.</summary>
    public async Task<int> StopAsync(string what, PosixSignal signal = PosixSignal.SIGTERM)
    {
        await SignalAsync(signal);
        return await ExitAsync(what);
    }

    /// <summary>SIGTERM and SIGINT in turn until it has ended; the exit code.</summary>
    public async Task<int> StopImpatientlyAsync(string what, PosixSignal first = PosixSignal.SIGTERM)
    {
        Task<int> end = ExitAsync(what);
        await _process.SignalUntilAsync(end, first);
        return await end;
    }

    public Task SignalAsync(PosixSignal signal) => _process.SignalAsync(signal);

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }
        _process.Dispose();
    }

    private string Tail => string.Join('\n', Lines.TakeLast(20));

    private async Task WaitAsync(Func<IReadOnlyList<string>, bool> areThey)
    {
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                if (areThey(_lines))
                    return;
                changed = _changed.Task;
            }
            await changed;
        }
    }

    private void Take(string? line)
    {
        if (line is null)
            return;
        lock (_lock)
        {
            _lines.Add(line);
            _changed.SetResult();
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }
}
