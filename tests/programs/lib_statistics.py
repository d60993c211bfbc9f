# statistics
import statistics as st

data = [2.5, 3.25, 5.5, 11.25, 11.75]
print(st.mean(data), st.median(data), st.stdev(data), st.variance(data), st.pstdev(data), st.pvariance(data))
print(st.mean([1, 2, 3, 4]), st.mean([1, 2, 3]), st.median([1, 3, 2]), st.median([4, 1, 3, 2]), st.median_low([1, 2, 3, 4]), st.median_high([1, 2, 3, 4]), st.mode([1, 2, 2, 3]), st.mode("aab"), st.multimode([1, 1, 2, 2]))
print(st.stdev([1, 2, 3, 4, 5]), st.pstdev([1, 2, 3]), st.variance([1, 2, 3]), st.fmean([1, 2]), st.mean([0.1] * 10), st.stdev([0.1, 0.2, 0.3]), st.quantiles([1, 2, 3, 4, 5]), st.harmonic_mean([1, 2, 4]))
for f in [lambda: st.mean([]), lambda: st.median([]), lambda: st.stdev([1])]:
    try:
        f()
    except st.StatisticsError as e:
        print(e)
